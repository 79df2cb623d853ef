/**
 * pdf.js knows three things about a page that it keeps to itself: the text that a writer says its glyphs stand for
 * (/ActualText, without which Arabic, Hindi and Thai from Chromium or LibreOffice are a puzzle), where images are drawn,
 * and lines. Its copy in node_modules is made to tell them among the items of `getTextContent({ includeMarkedContent: true })`.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIfPresent } from './dependencies.mjs';
import { nodeModules } from './paths.mjs';
import { SetupProblem } from './report.mjs';
import { replaceFile } from './staging.mjs';

/** @type {readonly (readonly [original: string, replacement: string])[]} */
export const pdfjsChanges = [
  // Told by `pdfjsLib`, so that the reader can refuse to lose text silently.
  ['globalThis.pdfjsLib={AbortException,', 'globalThis.pdfjsLib={tellsActualText:!0,AbortException,'],
  // An item for each image, with the matrix that maps the unit square to it. A form that draws twelve others, which draw
  // twelve others each, and so on, is given up: each is read every time that it is drawn.
  [
    'function pushWhitespace({width:e=0,height:t=0,transform:n=v.prevTransform',
    'function pushImage(){a&&_.items.push({type:`image`,transform:Array.from(j.ctm)})}' +
      // Paths of up to six points, in the page's own space: lines and rectangles, of which tables are drawn.
      'let paths=[],pathCount=0;' +
      'function addPoint(e,t,n){if(n||paths.length===0)paths.length<4e3&&paths.push([]);' +
      'let r=paths.at(-1),i=j.ctm;r.length<14&&r.push(i[0]*e+i[2]*t+i[4],i[1]*e+i[3]*t+i[5])}' +
      'function addRectangle(e,t,n,r){addPoint(e,t,!0),addPoint(e+n,t),addPoint(e+n,t+r),addPoint(e,t+r),addPoint(e,t)}' +
      'function addCurve(){paths.length>0&&(paths[paths.length-1]=Array(14))}' +
      'function closePath(){let e=paths.at(-1);e?.length<14&&e.push(e[0],e[1])}' +
      'function drawPath(e){if(a)for(let t of paths)t.length>3&&t.length<13&&pathCount++<4e3&&' +
      '_.items.push({type:`path`,isFilled:e,points:t});paths=[]}' +
      'function isInActualText(){return u?.actual>0}let isAccent=!1,fonts=new Map;' +
      'function useFont(e){j.loadedName=e.loadedName,j.font=e.font,j.fontMatrix=e.font.fontMatrix||r}' +
      'function type3Scale(){let{font:e,fontMatrix:t}=j;' +
      'if(!e.isType3Font||j.fontSize>1&&!e.isCharBBox||isArrayEqual(t,r))return 1;' +
      'let n=e.letterHeight??=type3LetterHeight(e);return n>0?n*t[3]:1}' +
      'function pushWhitespace({width:e=0,height:t=0,transform:n=v.prevTransform',
  ],
  [
    'if(_.name!==`Form`){D.set(h,m.objId,!0),e();return}let y=new StateManager(i.state.clone())',
    'if(_.name!==`Form`){_.name===`Image`&&pushImage(),D.set(h,m.objId,!0),e();return}' +
      'if((t.forms=(t.forms??0)+1)>2e4)throw t.terminate(),new FormatError$1(`too many forms`);' +
      'let y=new StateManager(i.state.clone())',
  ],
  [
    'case T.beginMarkedContent:flushTextContentItem(),a&&(u.level++,',
    'case T.endInlineImage:pushImage();break;' +
      'case T.moveTo:addPoint(y[0],y[1],!0);break;case T.lineTo:addPoint(y[0],y[1]);break;' +
      'case T.rectangle:addRectangle(y[0],y[1],y[2],y[3]);break;' +
      'case T.curveTo:case T.curveTo2:case T.curveTo3:addCurve();break;case T.closePath:closePath();break;' +
      'case T.closeStroke:closePath();case T.stroke:drawPath(!1);break;' +
      'case T.closeFillStroke:case T.closeEOFillStroke:closePath();case T.fillStroke:case T.eoFillStroke:drawPath(!1);break;' +
      'case T.fill:case T.eoFill:drawPath(!0);break;case T.endPath:paths=[];break;' +
      'case T.beginMarkedContent:flushTextContentItem(),a&&(u.level++,',
  ],
  // The font's own name, which says whether it is bold.
  ['_.styles[t]={fontFamily:e.fallbackName,', '_.styles[t]={name:e.name,fontFamily:e.fallbackName,'],
  // The text of marked content, given in place or by a name among the page's properties.
  [
    'u.level++;let e=y[1]instanceof F?y[1].get(`MCID`):null;_.items.push({type:`beginMarkedContentProps`,',
    'u.level++;let o=y[1]instanceof N?n.get(`Properties`)?.get?.(y[1].name):y[1],r=o instanceof F?o.get(`ActualText`):null,' +
      'e=y[1]instanceof F?y[1].get(`MCID`):null;typeof r===`string`&&(u.actual||=u.level);' +
      '_.items.push({type:`beginMarkedContentProps`,actualText:typeof r===`string`?stringToPDFString(r):null,',
  ],
  ['if(u.level===0)break;u.level--,', 'if(u.level===0)break;u.actual===u.level&&(u.actual=0),u.level--,'],
  // A mark after a space belongs to the letter that follows, in scripts written from the right.
  // In it, every glyph takes its place on the page, whatever its own text seems to be.
  [
    'if(c.isInvisibleFormatMark)continue;',
    'isAccent=s.isAccent??=accents.has(s.unicode);if(c.isInvisibleFormatMark&&!isInActualText())continue;',
  ],
  ['!f&&c.isWhitespace){', '!f&&c.isWhitespace&&!isInActualText()){'],
  [
    'if(!c.isZeroWidthDiacritic&&!compareWithLastPosition(p)){',
    'if((!c.isZeroWidthDiacritic||isInActualText()||shouldAddWhitepsace())&&!compareWithLastPosition(p)){',
  ],
  ['let g=s.unicode;saveLastChar(g)&&', 'let g=isInActualText()&&!s.unicode.trim()?`\\0`:s.unicode;saveLastChar(g)&&'],
  // The box of a bitmap font may be many times as high as its letters: their widths tell its size as well.
  // And each glyph's place is asked for twice, which took a quarter of the time. Nothing keeps the first; what keeps the
  // second is a space, which copies it.
  [
    'function getCurrentTextTransform(){let e=j.font,t=[j.fontSize*j.textHScale,0,0,j.fontSize,0,j.textRise];' +
      'if(e.isType3Font&&(j.fontSize<=1||e.isCharBBox)&&!isArrayEqual(j.fontMatrix,r)){' +
      'let n=e.bbox[3]-e.bbox[1];n>0&&(t[3]*=n*j.fontMatrix[3])}' +
      'return Util$1.transform(j.ctm,Util$1.transform(j.textMatrix,t))}function ensureTextContentItem(){',
    'let here=[.5,.5,.5,.5,.5,.5],before=[.5,.5,.5,.5,.5,.5];function getCurrentTextTransform(f=Array(6)){' +
      'let e=j.fontSize,t=e*j.textHScale,n=j.textRise,o=j.textMatrix,i=j.ctm;j.font.isType3Font&&(e*=type3Scale());' +
      'let s=t*o[0],l=t*o[1],d=e*o[2],p=e*o[3],g=n*o[2]+o[4],y=n*o[3]+o[5];' +
      'f[0]=i[0]*s+i[2]*l,f[1]=i[1]*s+i[3]*l,f[2]=i[0]*d+i[2]*p,f[3]=i[1]*d+i[3]*p,' +
      'f[4]=i[0]*g+i[2]*y+i[4],f[5]=i[1]*g+i[3]*y+i[5];return f}function ensureTextContentItem(){',
  ],
  ['let t=getCurrentTextTransform(),n=t[4],r=t[5];', 'let t=getCurrentTextTransform(here),n=t[4],r=t[5];'],
  ['h.prevTransform=getCurrentTextTransform()', 'h.prevTransform=getCurrentTextTransform(before)'],
  ['transform:n,fontName:r,hasEOL:!1})}', 'transform:n.slice(),fontName:r,hasEOL:!1})}'],
  // Hardly a text is drawn twice, so to keep the glyphs of each takes memory and time.
  [
    'return this.#e.set(e,t),t}getCharPositions',
    'return globalThis.readsTextAlone||this.#e.set(e,t),t}getCharPositions',
  ],
  ['let{fontSize:a}=j;return v.trackingSpaceMin', 'let a=j.fontSize*Math.abs(type3Scale());return v.trackingSpaceMin'],
  // A font of the page is waited for once, and not whenever it is chosen.
  [
    'j.fontName=e,j.fontSize=r,next(handleSetFont(e,null));return;',
    'j.fontName=e,j.fontSize=r;if(fonts.has(e)){useFont(fonts.get(e));break}next(handleSetFont(e,null));return;',
  ],
  [
    'let a=await S.loadFont(e,i,n,t,null,null,g);j.loadedName=a.loadedName,j.font=a.font,j.fontMatrix=a.font.fontMatrix||r}',
    'let a=await S.loadFont(e,i,n,t,null,null,g);e&&fonts.set(e,a),useFont(a)}',
  ],
  // Text in scripts from the left needs no look at each of its letters.
  [
    'let n=bidi(t,-1,e.vertical);return{str:n.str',
    'let n=e.vertical||/[^\\0-\\u058f]/.test(t)?bidi(t,-1,e.vertical):{str:t,dir:`ltr`};return{str:n.str',
  ],
  // The text of a page came in pieces of ten items, each waited for.
  ['(e&&t<10||', '(e&&t<2e3||'],
  ['{highWaterMark:100,size(e){return e.items.length}}', '{highWaterMark:1e4,size(e){return e.items.length}}'],
  // On a thread, unpacking takes less time than handing the bytes to a stream and waiting for it. What is larger than 32 MB
  // is left to pdf.js itself, whose memory is counted as it grows.
  [
    'async asyncGetBytesFromDecompressionStream(e){this.stream.reset();' +
      'let t=this.stream.isAsync?await this.stream.asyncGetBytes():this.stream.getBytes();try{',
    'async asyncGetBytesFromDecompressionStream(e){this.stream.reset();' +
      'let t=this.stream.isAsync?await this.stream.asyncGetBytes():this.stream.getBytes();' +
      'if(e===`deflate`&&nodeZlib)try{return{decompressed:inflated(t),compressed:t}}' +
      'catch{return{decompressed:null,compressed:t}}try{',
  ],
  // The space before an accent may be that of the letter under it, which comes next: the layout tells.
  [
    'function addFakeSpaces(e,t,n){if(',
    'function addFakeSpaces(e,t,n){if(isAccent&&y[(b+1)%2]!==` `)return flushTextContentItem(),resetLastChars(),!0;if(',
  ],
  // Text needs no glyphs: of fonts that name their letters nothing is read, of Type 1 fonts their encoding alone.
  [
    'let c;try{switch(a){case`MMType1`:',
    'let c;try{if(globalThis.readsTextAlone&&(n.hasIncludedToUnicodeMap||n.composite))adjustWidths(n);' +
      'else if(globalThis.readsTextAlone&&(a===`Type1`||a===`MMType1`)&&o!==`Type1C`)' +
      'readType1Header(t,n),adjustWidths(n),n.builtInEncoding&&adjustType1ToUnicode(n,n.builtInEncoding);' +
      'else switch(a){case`MMType1`:',
  ],
  // For what a viewer shows of its links, the text of a page was read once more.
  [':n.overlaysTextContent&&r&&d.push(n)}', ':!globalThis.readsTextAlone&&n.overlaysTextContent&&r&&d.push(n)}'],
  // The text of a page, which is not changed where it comes from, need not be copied, nor what asks for more of it.
  ['(o.enqueue(_,t),_.items=[],', '(o.enqueue({..._},t),_.items=[],'],
  [
    'postMessage(e,t){let n={data:structuredClone(e,t?{transfer:t}:null)};',
    'postMessage(e,t){let n={data:e.chunk?.items||e.stream>5?e:structuredClone(e,t?{transfer:t}:null)};',
  ],
  // Each page was looked for from the first one on, so a book of 10,000 pages took a minute to walk through.
  [
    'async getPageDict(e){let t=[this.toplevelPagesDict],',
    'async getPageDict(e){if(e>=100){let t=(await(this.allPageDicts??=this.getAllPageDicts().catch(()=>new Map))).get(e);' +
      'if(t?.[0]instanceof F)return t}let t=[this.toplevelPagesDict],',
  ],
  // In a damaged file, an object that is there again was read to the end of the file if it has none of its own.
  [
    'new Parser({lexer:new Lexer(o.makeSubStream(r))}).getObj(),d=!0',
    'e.lastIndex=r,new Parser({lexer:new Lexer(o.makeSubStream(r,(e.exec(c)?.index??l)-r+6))}).getObj(),d=!0',
  ],
  // Each saved state inherited from the one before: in 20,000 of them, everything was looked up for 20 seconds.
  [
    'clone(){let e=Object.assign(Object.create(this),this);return e.textMatrix=',
    'clone(){let e=Object.assign(Object.create(Object.getPrototypeOf(this)),this);return e.textMatrix=',
  ],
  // A mark whose glyph is as wide as a letter moves what follows it like one.
  [';c.isZeroWidthDiacritic&&(p=0),n.vertical?(m?.addGlyph(', ';n.vertical?(m?.addGlyph('],
  // A glyph of a composite font is a number. Where the font does not say which letter it draws, that number is none.
  ['c=this.toUnicode.get(e)||e;', 'c=this.toUnicode.get(e)||(this.composite?0:this.isType3Font?texLetter(this,e):e);'],
  ['return new IdentityToUnicodeMap(e.firstChar,e.lastChar)}async', 'return new ToUnicodeMap([])}async'],
  // Names of glyphs may join letters and name variants: "f_f_i", "one.oldstyle".
  [
    'n[a]=String.fromCharCode(c);continue}let l=0;switch(s[0]){case`G`:',
    'n[a]=String.fromCharCode(c);continue}if(/[._]/.test(s)){' +
      'let e=s.split(`.`)[0].split(`_`).map(e=>getUnicodeForGlyph(e,o));' +
      'if(e.every(e=>e>0)){n[a]=String.fromCodePoint(...e);continue}}let l=0;switch(s[0]){case`G`:',
  ],
  // A letter that brings its mark along is no mark: pdf.js looked for one anywhere in a glyph's text.
  // TeX's bitmap fonts name no letters, and have ligatures, quotes and dashes where others have control characters.
  [
    'const _t=/^(\\s)|(\\p{Mn})|(\\p{Cf})$/u',
    'const texSigns=[`\u201a\u2039\u203a\u201c\u201d\u201e\xab\xbb\u2013\u2014\\0\\0\u0131\u0237`,' +
      '`\u0131\u0237\\u0060\xb4\u02c7\u02d8\xaf\u02da\xb8\xdf\xe6\u0153\xf8\xc6\u0152\xd8`],' +
      'texLigatures=[`ff`,`fi`,`fl`,`ffi`,`ffl`];' +
      'function texLetter(e,t){let n=e.widths,has=(e,t)=>{let r=0;for(let i=e;i<=t;i++)n[i]>0&&r++;return r};' +
      'if(t<11||t>31||!has(44,46)||has(97,122)<8)return t;' +
      'return has(128,255)||!has(11,15)?texLigatures[t-27]??texSigns[0][t-13]??t:texLigatures[t-11]??texSigns[1][t-16]??t}' +
      'const nodeZlib=globalThis.process?.getBuiltinModule?.(`node:zlib`),inflated=e=>{' +
      'let t=nodeZlib.inflateSync(e,{chunkSize:Math.min(1<<20,Math.max(16384,4*e.length)),maxOutputLength:1<<25}),n=new Uint8Array(t.length);' +
      'return n.set(t),n};' +
      'function readType1Header(e,t){let n=t.length1,r=e.peekBytes(6);' +
      'r[0]===128&&r[1]===1&&(e.skip(6),n=r[5]<<24|r[4]<<16|r[3]<<8|r[2]);' +
      'new Type1Parser(getHeaderBlock(e,n).stream,!1,!0).extractFontHeader(t)}' +
      'const accents=new Set(`\\u0060\xb4\u02c6\u02dc\xaf\u02d8\u02d9\xa8\u02da\u02dd\u02c7\xb8\u02db`);' +
      'function type3LetterHeight(e){let t=e.bbox[3]-e.bbox[1],n=Object.values(e.widths).filter(e=>e>0),' +
      'r=2*n.reduce((e,t)=>e+t,0)/n.length;return t>0&&!(t>2*r)?t:r}' +
      'const _t=/^(?:(\\s+)|(\\p{Mn}+)|(\\p{Cf}+))$/u',
  ],
  // The letters of one right-to-left glyph are in the order of reading; the line around them is in that of the page.
  [
    'm||h.str.push(g),',
    'm||h.str.push(g.length>1&&/[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc]/.test(g)?Array.from(g).reverse().join(``):g),',
  ],
];

/**
 * Makes pdf.js as Docket needs it. The original is kept beside it: when the changes become others, they are made to that.
 */
export function patchPdfjs(file = join(nodeModules, 'unpdf', 'dist', 'pdfjs.mjs')) {
  const source = readFileSync(file, 'utf8');
  const kept = `${file}.original`;
  const original = readIfPresent(kept) ?? source;
  const patched = patchedPdfjs(original);
  if (patched === source) return;
  replaceFile(kept, original);
  replaceFile(file, patched);
}

/** @param {string} original */
function patchedPdfjs(original) {
  return pdfjsChanges.reduce((text, [passage, replacement]) => {
    if (text.split(passage).length !== 2) {
      throw new SetupProblem(
        `This version of pdf.js differs from the one that Docket changes: “${passage.slice(0, 60)}…” is not in it once. Delete the folder node_modules, then run the same command again.`,
      );
    }
    return text.replace(passage, () => replacement);
  }, original);
}
