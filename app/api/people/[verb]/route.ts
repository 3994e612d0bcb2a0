import type { RoleName } from "@/lib/protocol/account";
import { stowage } from "@/lib/server/next";

import { answerForm } from "../../form";

/** The forms of /settings/people, for admins. */
export async function POST(request: Request, { params }: { params: Promise<{ verb: string }> }): Promise<Response> {
  const { verb } = await params;
  return await answerForm(request, "/settings/people", async (person, field) => {
    const { access } = stowage();
    const account = field("account");
    switch (verb) {
      case "invite": {
        const role = roleOf(field("role"));
        if (!role) return bad;
        const { path } = await access.invite(person, { login: field("login"), name: field("name"), role });
        return { done: "invited", path };
      }
      case "link":
        return { done: "linked", path: (await access.newLink(person, account)).path };
      case "role": {
        const role = roleOf(field("role"));
        if (!role) return bad;
        await access.setRole(person, account, role);
        return { done: "role" };
      }
      case "disable":
        await access.setDisabled(person, account, true);
        return { done: "disabled" };
      case "enable":
        await access.setDisabled(person, account, false);
        return { done: "enabled" };
      case "end-session":
        await access.endSessionsOf(person, account, field("session"));
        return { done: "ended" };
      case "end-all":
        await access.endSessionsOf(person, account, null);
        return { done: "ended-all" };
      default:
        return { problem: { code: "not-found" } };
    }
  });
}

const bad = { problem: { code: "bad-request" } } as const;

function roleOf(text: string): RoleName | undefined {
  return (["viewer", "operator", "admin"] as const).find((role) => role === text);
}
