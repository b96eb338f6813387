import type { Problem } from "../../core/problems/index.ts";
import type { Article, Reviewed } from "../../formats/article.ts";

/** What the worker that reads articles is asked, and what it answers. */
export type ArticleRequest =
  | { readonly read: Uint8Array; readonly name: string; readonly otherwise: string }
  | { readonly make: readonly Reviewed[]; readonly title: string; readonly published: string | undefined };

export type ArticleShown = Omit<Article, "keep">;

export type ArticleReply =
  | { readonly article: ArticleShown }
  | { readonly text: string }
  | { readonly problems: readonly Problem[] };
