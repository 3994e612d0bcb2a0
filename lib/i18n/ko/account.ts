import type { Messages } from "../en.ts";

export const account: Messages["account"] = {
  title: "내 계정",
  who: "내 정보",
  name: "이름",
  account: "계정",
  role: "역할",
  roles: { viewer: "열람자", operator: "운영자", admin: "관리자" },
  roleMeans: {
    viewer: "클러스터에서 볼 수 있는 것을 봅니다",
    operator: "상태 페이지도 관리합니다",
    admin: "누가 어떤 역할로 들어올지도 정합니다",
  },
  roleNote: "역할은 Stowage 자체의 기능에만 적용됩니다. 클러스터에서 무엇을 보고 할 수 있는지는 클러스터가 정합니다.",

  tokens: "나를 아는 클러스터",
  tokensNote: "토큰은 암호화되어 이 세션에만 보관되고 세션이 끝나면 사라집니다.",
  noTokens: "이 세션에서 나를 아는 클러스터가 아직 없습니다. 토큰을 연결하면 그 토큰으로 볼 수 있는 것이 표시됩니다.",
  tokenAs: ({ name }) => `${name}(으)로 알고 있음`,
  tokenRefused: ({ name }) => `${name}의 토큰을 더 이상 받지 않음`,
  tokenSilent: ({ name }) => `지금 응답하지 않음(${name}(으)로 알고 있었음)`,
  attach: "토큰 연결",
  attachHint: "모든 클러스터에 확인한 뒤, 이 토큰을 아는 클러스터에만 사용합니다.",
  attachSubmit: "확인하고 연결",
  detach: "제거",
  detachOf: ({ source }) => `${source}의 토큰 제거`,

  password: "비밀번호",
  currentPassword: "현재 비밀번호",
  changePassword: "비밀번호 변경",
  wrongPassword: "현재 비밀번호가 올바르지 않습니다.",
  changeNote: "다른 세션은 모두 로그아웃됩니다.",

  sessions: "내 세션",
  thisSession: "현재 세션",
  signedIn: "로그인",
  lastUsed: "마지막 사용",
  unknownAddress: "알 수 없는 주소",
  unknownAgent: "알 수 없는 브라우저",
  browserOn: ({ browser, system }) => `${system}의 ${browser}`,
  end: "로그아웃",
  endOf: ({ agent, address }) => `${agent}(${address}) 로그아웃`,
  endOthers: "다른 세션 로그아웃",
  endAll: "모든 곳에서 로그아웃",

  done: {
    attached: "토큰을 연결했습니다.",
    detached: "이 세션에서 토큰을 제거했습니다.",
    password: "비밀번호를 변경하고 다른 세션을 로그아웃했습니다.",
    ended: "세션을 로그아웃했습니다.",
    "ended-others": "다른 세션을 모두 로그아웃했습니다.",
  },
};
