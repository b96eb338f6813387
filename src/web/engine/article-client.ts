import type { Reviewed } from "../../formats/article.ts";
import type { ArticleReply, ArticleRequest } from "./article-protocol.ts";

/** Reads an article in a worker of its own: its word lists are large, and a long text takes a while. */
export interface ArticleReader {
  read(bytes: Uint8Array, name: string, otherwise: string): Promise<ArticleReply>;
  make(reviewed: readonly Reviewed[], title: string, published: string | undefined): Promise<ArticleReply>;
  close(): void;
}

export function openArticleReader(): ArticleReader {
  const worker = new Worker(new URL("./article-worker.ts", import.meta.url), { type: "module" });
  const ask = (request: ArticleRequest): Promise<ArticleReply> =>
    new Promise((done, fail) => {
      worker.onmessage = ({ data }: MessageEvent<object>) => {
        // The library that reads PDF sends messages of its own out of any worker that it is loaded in.
        if ("article" in data || "text" in data || "problems" in data) done(data as ArticleReply);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        fail(new Error(event.message));
      };
      worker.postMessage(request);
    });
  return {
    read: (read, name, otherwise) => ask({ read, name, otherwise }),
    make: (make, title, published) => ask({ make, title, published }),
    close: () => worker.terminate(),
  };
}
