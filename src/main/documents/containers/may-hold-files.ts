import { extensionOf } from '../file-problems.ts';
import { isPlainText } from '../format.ts';

/** Extensions of documents that are read and hold no documents to be read apart. */
const single: ReadonlySet<string> = new Set(
  (
    'fodt fods fodp epub html htm xhtml mht mhtml png jpg jpeg jpe tif tiff webp gif bmp heic heif hif avif ' +
    'mp3 mp4 mov avi wav dll'
  ).split(' '),
);

const office =
  /\.(?:doc|dot|docx|docm|dotx|rtf|odt|ott|xls|xlt|xlsx|xlsm|xltx|ods|ots|ppt|pps|pot|pptx|pptm|ppsx|potx|odp|otp)$/i;

/** Whether a file is called a document of an office program: it is no archive, but may have files embedded in it. */
export function isOfficeName(name: string): boolean {
  return office.test(name);
}

/**
 * Whether a file has to be opened to know if it holds files, as archives and mails do. By its name, as opening each file
 * of a large folder takes long; a name that says nothing leaves it open.
 */
export function mayHoldFiles(name: string): boolean {
  const extension = extensionOf(name).slice(1);
  return !isPlainText(extension) && !single.has(extension);
}
