import { folderWithin, partedName } from '../../../shared/inside.ts';
import styles from './file-name.module.css';

interface FileNameProps {
  /** With its folders, separated by "/", and what it lies in. */
  readonly name: string;
  /** The folder shared by all files in the list; it is left out. */
  readonly root?: string | undefined;
}

/** Puts a file's name before its folder or container: cut off at the end, a path would lose the part that tells files apart. */
export function FileName({ name, root }: FileNameProps) {
  const { folder: whole, file } = partedName(name);
  const folder = root === undefined ? whole : folderWithin(root, whole);
  return (
    <>
      {file}
      {folder !== '' && <span className={styles.folder}> {folder}</span>}
    </>
  );
}
