/** The pictures in the body of a request, which nobody wants to read as letters. */

/** A picture of a request. */
export interface RequestPicture {
  /** Counted from 1, in the order of the request. */
  readonly number: number;
  /** A data URL. */
  readonly url: string;
  /** "PNG", "JPEG". */
  readonly kind: string;
  readonly bytes: number;
}

export interface BodyInWords {
  /** The body with a few words in place of each picture. */
  readonly text: string;
  readonly pictures: readonly RequestPicture[];
}

/** As Docket writes it. In a text that somebody wrote, its quotation marks would be escaped. */
const BEFORE = '"image_url":{"url":"';
const PICTURE = /data:image\/(png|jpeg);base64,([A-Za-z0-9+/]+={0,2})"/y;

/** Takes the pictures out of a body. */
export function takeOutPictures(body: string): BodyInWords {
  const pictures: RequestPicture[] = [];
  let text = '';
  let end = 0;
  for (let at = body.indexOf(BEFORE); at >= 0; at = body.indexOf(BEFORE, at + 1)) {
    PICTURE.lastIndex = at + BEFORE.length;
    const found = PICTURE.exec(body);
    if (found === null) continue;
    const [whole, kind = '', base64 = ''] = found;
    const picture = {
      number: pictures.length + 1,
      url: whole.slice(0, -1),
      kind: kind.toUpperCase(),
      bytes: Math.floor((base64.length * 3) / 4),
    };
    pictures.push(picture);
    text += `${body.slice(end, found.index)}${placeOf(picture)}`;
    end = PICTURE.lastIndex - 1;
  }
  return { text: text + body.slice(end), pictures };
}

/** What stands in the body in place of a picture. */
export function placeOf({ number }: Pick<RequestPicture, 'number'>): string {
  return `picture ${number}`;
}
