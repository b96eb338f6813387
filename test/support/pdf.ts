import { PDFDocument, StandardFonts } from "@cantoo/pdf-lib";

/** Options of a PDF that a test draws. */
export interface PdfOptions {
  readonly header?: string;
  readonly title?: string;
  readonly author?: string;
  readonly password?: string;
  /** Whether words are cut with a hyphen where a line ends. */
  readonly hyphenate?: boolean;
}

const [WIDTH, HEIGHT, MARGIN, SIZE, LEADING] = [420, 595, 50, 10.5, 14];

/**
 * Draws a text as a PDF of several pages, as a printer's program would: lines broken at the margin, words cut, a head
 * and a foot on each page. Paragraphs stand between blank lines; one that begins with `# ` is a heading.
 */
export async function pdfOf(text: string, options: PdfOptions = {}): Promise<Uint8Array> {
  const { header = "", hyphenate = true, title, author, password } = options;
  const document = await PDFDocument.create();
  if (title !== undefined) document.setTitle(title);
  if (author !== undefined) document.setAuthor(author);
  const font = await document.embedFont(StandardFonts.TimesRoman);
  const bold = await document.embedFont(StandardFonts.TimesRomanBold);
  let page = document.addPage([WIDTH, HEIGHT]);
  let y = HEIGHT - MARGIN - 20;
  const draw = (line: string, size: number, face: typeof font): void => {
    if (y < MARGIN + 20) {
      page = document.addPage([WIDTH, HEIGHT]);
      y = HEIGHT - MARGIN - 20;
    }
    page.drawText(line, { x: MARGIN, y, size, font: face });
    y -= size === SIZE ? LEADING : size * 1.3;
  };
  for (const paragraph of text.split(/\n\n+/)) {
    const heading = paragraph.startsWith("# ");
    const [size, face] = heading ? [14, bold] : [SIZE, font];
    let line = "";
    for (const word of paragraph.replace(/^# /, "").trim().split(/\s+/)) {
      const longer = line === "" ? word : `${line} ${word}`;
      const fits = (candidate: string) => face.widthOfTextAtSize(candidate, size) <= WIDTH - 2 * MARGIN;
      if (fits(longer)) {
        line = longer;
        continue;
      }
      const half = Math.ceil(word.length / 2);
      const cut = hyphenate && !heading && /^[a-z]{8,}[.,;]?$/.test(word) && fits(`${line} ${word.slice(0, half)}-`);
      draw(cut ? `${line} ${word.slice(0, half)}-` : line, size, face);
      line = cut ? word.slice(half) : word;
    }
    draw(line, size, face);
    y -= LEADING * 0.7;
  }
  const pages = document.getPages();
  for (const [index, each] of pages.entries()) {
    if (header !== "") each.drawText(header, { x: MARGIN, y: HEIGHT - 30, size: 8, font });
    each.drawText(`Page ${index + 1} of ${pages.length}`, { x: WIDTH / 2, y: 25, size: 8, font });
  }
  if (password !== undefined) document.encrypt({ userPassword: password, ownerPassword: password });
  return document.save();
}

/** A PDF of one page with a drawing and no words, as a scanner makes it. */
export async function scannedPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([WIDTH, HEIGHT]).drawRectangle({ x: 100, y: 100, width: 50, height: 50 });
  return document.save();
}
