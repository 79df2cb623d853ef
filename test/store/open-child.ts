/** Opens a store as the writer does and prints why it could not: `node open-child.ts FILE`. */
import { openRecovered } from '../../src/main/store/open-recovered.ts';

try {
  openRecovered(process.argv[2] ?? '', () => {}).db.close();
  process.stdout.write('opened');
} catch (error) {
  process.stdout.write(error instanceof Error && 'code' in error ? String(error.code) : String(error));
}
