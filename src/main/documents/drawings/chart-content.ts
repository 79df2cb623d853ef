/** What a chart says in words and numbers. */
export interface ChartContent {
  readonly titles: string[];
  readonly series: Series[];
}

export interface Series {
  name: string;
  /** By the number of the point. */
  readonly categories: Map<string, string>;
  readonly values: Map<string, string>;
  /** What somebody typed at points. */
  readonly labels: Map<string, string>;
}
