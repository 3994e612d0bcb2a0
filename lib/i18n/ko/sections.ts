import type { Messages } from "../en.ts";

export const sections: Messages["sections"] = {
  summary: "요약",
  placement: "스케줄링",
  network: "네트워크",
  system: "시스템",
  capacity: "용량",
  rollout: "롤아웃",
  conditions: "컨디션",
  containers: "컨테이너",
  labels: "레이블과 어노테이션",
  events: "이벤트",
  logs: "로그",
  pods: "파드",
  deployments: "디플로이먼트",
  replicaSets: "레플리카셋",
  jobs: "잡",
  ports: "포트",
  endpoints: "엔드포인트",
  endpointSlices: "엔드포인트슬라이스",
};
