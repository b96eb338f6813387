import { figureWords } from "../words/figure.ts";

/** A picture in pixels, twice as many as it has points, for screens and slides. */
export async function pngOf(svg: string, scale = 2): Promise<Blob> {
  const image = new Image();
  // The policy of the page lets pictures come as data, not as blobs.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth * scale, image.naturalHeight * scale];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob === null ? fail(new Error(figureWords.notLoaded)) : done(blob)), "image/png");
  });
}
