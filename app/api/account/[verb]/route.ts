import { stowage } from "@/lib/server/next";

import { answerForm } from "../../form";

/** The forms of /account: what somebody does with their own tokens, password and sessions. */
export async function POST(request: Request, { params }: { params: Promise<{ verb: string }> }): Promise<Response> {
  const { verb } = await params;
  return await answerForm(request, "/account", async (person, field) => {
    const { access } = stowage();
    switch (verb) {
      case "attach-token":
        await access.attachToken(person, field("token").trim());
        return { done: "attached" };
      case "detach-token":
        await access.detachToken(person, field("source"));
        return { done: "detached" };
      case "change-password":
        if (field("next") !== field("again")) return { problem: { code: "invalid", detail: "different" } };
        await access.changePassword(person, field("current"), field("next"));
        return { done: "password" };
      case "end-session":
        await access.endSession(person, field("session"));
        return { done: "ended" };
      case "end-others":
        await access.endSessions(person, "others");
        return { done: "ended-others" };
      case "end-all":
        await access.endSessions(person, "all");
        return { done: "ended-all", at: "/login" };
      default:
        return { problem: { code: "not-found" } };
    }
  });
}
