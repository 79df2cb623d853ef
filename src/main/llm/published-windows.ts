/** The windows of published models, from data that comes with a package. Nothing is fetched: its update is never used. */
import { calcPrice } from '@pydantic/genai-prices';

/** Null if the model is not known at that address: a server of one's own may load it with any window. */
export function publishedWindow({
  baseUrl,
  model,
}: {
  readonly baseUrl: string;
  readonly model: string;
}): number | null {
  try {
    const found = calcPrice({}, model, { providerApiUrl: baseUrl });
    return found?.model.context_window ?? null;
  } catch {
    // It throws for an address that is no provider's.
    return null;
  }
}
