/** A process of Docket's own as its supervisor sees it, however it was started. */
export interface OwnProcess<ToChild> {
  postMessage(message: ToChild): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, even if the process could not be started at all. */
  onExit(listener: () => void): void;
  kill(): void;
}
