import type { Messages } from "../en.ts";

type Wrong = Parameters<Messages["problems"]["pod-failed"]>[0];

/** `shop/web`; a workload comes as `Deployment/web`, whose kind the sentence does not need. */
function where({ subject, namespace }: Wrong): string {
  const name = subject.slice(subject.lastIndexOf("/") + 1);
  return namespace === "" || name === "" ? name || namespace : `${namespace}/${name}`;
}

/** `shop/web`, several: `shop/web의 파드 3개`. Names do not tell how they are read, so that no particle follows one directly. */
function pods(wrong: Wrong): string {
  const name = where(wrong);
  if (name === "") return `파드 ${wrong.count}개`;
  return wrong.count === 1 ? name : `${name}의 파드 ${wrong.count}개`;
}

function nodes(wrong: Wrong): string {
  return wrong.count === 1 ? `노드 ${wrong.subject}` : `노드 ${wrong.count}개`;
}

export const problems: Messages["problems"] = {
  "node-not-ready": (wrong) => `${nodes(wrong)}: 준비되지 않음`,
  "node-pressure": (wrong) => `${nodes(wrong)}: 자원이 부족함`,
  "pod-crash-loop": (wrong) => `${pods(wrong)}: 비정상 종료가 반복됨`,
  "pod-image": (wrong) => `${pods(wrong)}: 이미지를 가져올 수 없음`,
  "pod-config": (wrong) => `${pods(wrong)}: 설정이 없거나 잘못되어 시작할 수 없음`,
  "pod-unschedulable": (wrong) => `${pods(wrong)}: 배치할 수 있는 노드가 없음`,
  "pod-oom": (wrong) => `${pods(wrong)}: 메모리를 너무 많이 써서 종료됨`,
  "pod-failed": (wrong) => `${pods(wrong)}: 실패함`,
  "pod-not-ready": (wrong) => `${pods(wrong)}: 실행 중이지만 준비되지 않음`,
  "pod-starting-long": (wrong) => `${pods(wrong)}: 시작이 오래 걸림`,
  "pod-terminating-long": (wrong) => `${pods(wrong)}: 이미 사라졌어야 하지만 남아 있음`,
  "deployment-short": (wrong) =>
    wrong.count === 1
      ? `${where(wrong)}: 준비된 파드가 필요한 수보다 적음`
      : `디플로이먼트 ${wrong.count}개: 준비된 파드가 필요한 수보다 적음`,
  "container-failing": (wrong) =>
    wrong.count === 1 ? `컨테이너 ${wrong.subject}: 비정상` : `${wrong.source}의 컨테이너 ${wrong.count}개: 비정상`,
  "source-down": ({ source, subject }) => `${subject || source}: 응답하지 않음`,
};
