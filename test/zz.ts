import { launchBrowser } from "./support/browser.ts";
const b = await launchBrowser();
for (const [n,w,cs] of [["d",1024,"light"],["p",390,"dark"]] as const) {
  const page = await b.newPage({ viewport: { width: w, height: 900 }, colorScheme: cs });
  await page.goto("file:///tmp/r.html");
  for (const id of ["links","holds","changes"]) {
    const el = await page.$("#"+id);
    const box = await el!.boundingBox();
    let i=0; for (let y=box!.y; y<box!.y+box!.height && i<14; y+=1700,i++) await page.screenshot({path:`/tmp/s-${n}-${id}-${i}.png`, fullPage:true, clip:{x:0,y,width:w,height:Math.min(1700, box!.y+box!.height-y)}});
    console.log(id, box!.height, i);
  }
}
await b.close();
