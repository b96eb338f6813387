import { z } from "zod";
import { ParleyError, problem } from "../../core/problems/index.ts";
import { type Article, caseOfArticle, readArticle } from "../../formats/article.ts";
import type { ArticleReply, ArticleRequest } from "./article-protocol.ts";

// The library would else try to compile checks, which a strict policy forbids.
z.config({ jitless: true });

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: ArticleRequest }) => void) | null;
  postMessage(reply: ArticleReply): void;
};

let article: Article | undefined;

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage(await answer(data));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    scope.postMessage({
      problems: error instanceof ParleyError ? error.problems : [problem("text-unreadable", { why: detail })],
    });
  }
};

async function answer(asked: ArticleRequest): Promise<ArticleReply> {
  if ("read" in asked) {
    article = await readArticle(asked.read, asked.name, asked.otherwise);
    const { keep: _, ...shown } = article;
    return { article: shown };
  }
  if (article === undefined) return { problems: [problem("text-empty", undefined)] };
  return { text: caseOfArticle(article, asked.make, { title: asked.title, published: asked.published }) };
}
