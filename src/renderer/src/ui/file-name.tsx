import styles from './file-name.module.css';

interface FileNameProps {
  /** With its folders, separated by "/". */
  readonly name: string;
  /** The folder shared by all files in the list; it is left out. */
  readonly root?: string | undefined;
}

/** Puts a file's name before its folder: cut off at the end, a path would lose the part that tells files apart. */
export function FileName({ name, root }: FileNameProps) {
  const slash = name.lastIndexOf('/');
  if (slash < 0) return name;
  const folder = withoutRoot(name.slice(0, slash), root);
  return (
    <>
      {name.slice(slash + 1)}
      {folder !== '' && <span className={styles.folder}> {folder}</span>}
    </>
  );
}

function withoutRoot(folder: string, root: string | undefined): string {
  if (root === undefined || folder === root) return root === undefined ? folder : '';
  return folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : folder;
}
