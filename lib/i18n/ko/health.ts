import { ageWords } from "../../shared/age.ts";
import type { Messages } from "../en.ts";

const units = { y: "년", d: "일", h: "시간", m: "분", s: "초" };

function words(seconds: number): string {
  return ageWords(seconds, units);
}

/** `3일째 `, or nothing where nobody knows since when. */
function since(seconds: number | null): string {
  return seconds === null ? "" : `${words(seconds)}째 `;
}

function last(seconds: number | null): string {
  return seconds === null ? "" : `, 마지막은 ${words(seconds)} 전`;
}

/** What the cluster said stands behind the sentence, untranslated. */
function said(text: string): string {
  return text === "" ? "" : ` ${text}`;
}

function named({ container, init }: { container: string; init: boolean }): string {
  return `${init ? "초기화 컨테이너" : "컨테이너"} ${container}`;
}

function cause({ reason, exitCode }: { reason: string; exitCode: number | null }): string {
  if (exitCode === null) return reason === "" ? "원인 불명" : reason;
  return reason === "" || reason === "Error" ? `종료 코드 ${exitCode}` : `${reason}(종료 코드 ${exitCode})`;
}

export const health: Messages["health"] = {
  podReady: (v) => `실행 중입니다. 컨테이너 ${v.total}개 중 ${v.ready}개가 ${since(v.seconds)}준비 상태입니다.`,
  podNotReady: (v) =>
    `실행 중이지만 ${since(v.seconds)}컨테이너 ${v.total}개 중 ${v.ready}개만 준비되었습니다. 준비되지 않은 컨테이너: ${v.names}.`,
  podGateNotReady: (v) =>
    `모든 컨테이너가 준비되었지만 파드는 ${since(v.seconds)}준비되지 않았습니다.${said(v.message)}`,
  podStartingUp: (v) =>
    `${since(v.seconds)}시작하는 중입니다. ${v.names}의 스타트업 프로브가 아직 성공하지 않았습니다.`,
  podCrashLoop: (v) =>
    `${named(v)}의 비정상 종료가 반복되고 있습니다: ${cause(v)}, 재시작 ${v.restarts}회${last(v.seconds)}.`,
  podContainerFailed: (v) =>
    `${named(v)}의 실행이 실패했습니다: ${cause(v)}${v.seconds === null ? "" : `, ${words(v.seconds)} 전`}.`,
  podImage: (v) => `${named(v)}의 이미지 ${v.image} 을(를) 가져올 수 없습니다.${said(v.message)}`,
  podConfig: (v) => `${named(v)} 을(를) 생성할 수 없습니다.${said(v.message)}`,
  podWaiting: (v) => `${named(v)} 이(가) ${v.reason} 때문에 대기 중입니다.${said(v.message)}`,
  podUnschedulable: (v) => `배치할 수 있는 노드가 없습니다.${said(v.message)}`,
  podGated: (v) =>
    v.gates === "" ? "게이트가 스케줄링을 보류하고 있습니다." : `스케줄링이 보류되어 있습니다: ${v.gates}.`,
  podUnscheduled: (v) => `${since(v.seconds)}노드 배정을 기다리고 있습니다.`,
  podCreating: (v) => `${v.node === "" ? "" : `노드 ${v.node}에서 `}${since(v.seconds)}컨테이너를 생성하고 있습니다.`,
  podInitializing: (v) =>
    `초기화 중입니다. 초기화 컨테이너 ${v.total}개 중 ${v.done}개 완료, 다음은 ${v.container}입니다.`,
  podCompleted: (v) => `${v.seconds === null ? "" : `${words(v.seconds)} 전에 `}성공적으로 완료되었습니다.`,
  podPartlyCompleted: (v) =>
    `${v.names} 은(는) 완료되었고, 컨테이너 ${v.total}개 중 ${v.running}개가 아직 실행 중입니다.`,
  podFailed: (v) => `실패했습니다${v.reason === "" ? "" : `(${v.reason})`}.${said(v.message)}`,
  podTerminating: (v) => (v.seconds === null ? "삭제 중입니다." : `삭제 중입니다(${words(v.seconds)} 전에 요청됨).`),
  podTerminatingLate: (v) =>
    `${words(v.seconds)} 전에 사라졌어야 합니다. ` +
    (v.finalizers === ""
      ? "노드가 종료를 확인하지 않았습니다."
      : `파이널라이저가 삭제를 막고 있습니다: ${v.finalizers}.`),
  podLost: (v) => `알 수 없습니다. 노드 ${v.node} 이(가) 응답하지 않아 파드의 상태를 확인할 수 없습니다.`,
  podUnknown: "이 파드의 상태를 보고하는 곳이 없습니다.",

  nodeReady: (v) => `${since(v.seconds)}준비 상태입니다.`,
  nodeCordoned: (v) => `${since(v.seconds)}준비 상태이지만 차단(cordon)되어 새 파드가 배치되지 않습니다.`,
  nodeNotReady: (v) =>
    `${since(v.seconds)}준비되지 않은 상태입니다${v.reason === "" ? "" : `(${v.reason})`}.${said(v.message)}`,
  nodeSilent: (v) =>
    v.seconds === null
      ? "응답이 없습니다. kubelet이 보고하지 않습니다."
      : `응답이 없습니다. kubelet이 ${words(v.seconds)} 동안 보고하지 않았습니다.`,
  nodePressure: (v) => `준비 상태이지만 ${v.conditions} 컨디션이 있습니다.${said(v.message)}`,
  nodeUnknown: "이 노드가 준비되었는지 보고된 적이 없습니다.",

  deploymentReady: (v) => `레플리카 ${v.replicas}개가 모두 최신이며 사용 가능합니다.`,
  deploymentIdle: "레플리카 수가 0으로 설정되어 있습니다.",
  deploymentPaused: (v) =>
    `롤아웃이 일시 중지되었습니다. 레플리카 ${v.replicas}개 중 ${v.available}개를 사용할 수 있습니다.`,
  deploymentRolling: (v) =>
    `롤아웃 중입니다. 레플리카 ${v.replicas}개 중 ${v.updated}개 업데이트됨, ${v.available}개 사용 가능.`,
  deploymentShort: (v) => `레플리카 ${v.replicas}개 중 ${v.available}개만 사용할 수 있습니다.${said(v.message)}`,
  deploymentStuck: (v) => `롤아웃이 진행되지 않습니다.${said(v.message)}`,
  deploymentRefused: (v) => `파드를 생성할 수 없습니다.${said(v.message)}`,

  replicaSetReady: (v) => `레플리카 ${v.replicas}개가 모두 준비되었습니다.`,
  replicaSetIdle: "필요한 레플리카가 없습니다. 이전 리비전이거나 레플리카 수가 0입니다.",
  replicaSetStarting: (v) => `파드 ${v.desired}개 중 ${v.current}개가 생성되었습니다.`,
  replicaSetShort: (v) => `레플리카 ${v.desired}개 중 ${v.ready}개만 준비되었습니다.`,
  replicaSetRefused: (v) => `파드를 생성할 수 없습니다.${said(v.message)}`,

  statefulSetReady: (v) => `레플리카 ${v.replicas}개가 모두 준비되었습니다.`,
  statefulSetIdle: "레플리카 수가 0으로 설정되어 있습니다.",
  statefulSetStarting: (v) =>
    `시작하는 중입니다. 레플리카 ${v.replicas}개 중 ${v.current}개 생성됨, ${v.ready}개 준비됨.`,
  statefulSetStopping: (v) => `축소하는 중입니다. 레플리카 ${v.current}개 남음, 목표는 ${v.replicas}개.`,
  statefulSetUpdating: (v) =>
    `업데이트 중입니다. 레플리카 ${v.replicas}개 중 ${v.updated}개 업데이트됨, ${v.ready}개 준비됨.`,
  statefulSetShort: (v) =>
    v.ready === 0
      ? `레플리카 ${v.replicas}개 중 준비된 것이 없습니다.`
      : `레플리카 ${v.replicas}개 중 ${v.ready}개만 준비되었습니다.`,
  statefulSetHeld: (v) =>
    `모두 준비되었지만 레플리카 ${v.replicas}개 중 ${v.updated}개만 업데이트되었습니다. 나머지는 업데이트 전략에 따라 그대로 유지됩니다.`,

  daemonSetReady: (v) => `노드 ${v.desired}개 모두에서 준비되었습니다.`,
  daemonSetIdle: "선택된 노드가 없어 필요한 파드가 없습니다.",
  daemonSetStarting: (v) => `시작하는 중입니다. 노드 ${v.desired}개 중 ${v.current}개에 파드가 생성되었습니다.`,
  daemonSetUpdating: (v) => `업데이트 중입니다. 노드 ${v.desired}개 중 ${v.updated}개 업데이트됨, ${v.ready}개 준비됨.`,
  daemonSetShort: (v) =>
    v.ready === 0
      ? `노드 ${v.desired}개 중 준비된 곳이 없습니다.`
      : `노드 ${v.desired}개 중 ${v.ready}개에서만 준비되었습니다.`,
  daemonSetHeld: (v) =>
    `모두 준비되었지만 노드 ${v.desired}개 중 ${v.updated}개만 업데이트되었습니다. 나머지는 파드가 삭제될 때까지 그대로 유지됩니다.`,

  jobComplete: (v) =>
    `${v.seconds === null ? "" : `${words(v.seconds)} 전에 `}완료되었습니다${v.took === null ? "" : `(소요 시간 ${words(v.took)})`}.`,
  jobFailed: (v) => `${v.seconds === null ? "" : `${words(v.seconds)} 전에 `}실패했습니다.${said(v.message)}`,
  jobFailing: (v) => `실패하여 파드를 종료하고 있습니다.${said(v.message)}`,
  jobTerminating: "삭제 중입니다.",
  jobSuspended: "일시 중단되어 파드를 시작하지 않습니다.",
  jobRetrying: (v) =>
    `${since(v.seconds)}실행 중이며, 지금까지 파드 ${v.failed}개가 실패했습니다` +
    (v.limit === null ? "." : `(재시도 한도 ${v.limit}회).`),
  jobStarting: (v) =>
    `${since(v.seconds)}${v.active === 0 ? "파드를 기다리고 있습니다." : "파드가 시작되고 있습니다."}`,
  jobRunning: (v) =>
    `${since(v.seconds)}실행 중입니다.${v.wanted === 1 ? "" : ` ${v.wanted}개 중 ${v.succeeded}개 완료됨.`}`,

  cronJobSuspended: (v) =>
    `일시 중단되어 실행되지 않습니다${v.seconds === null ? "" : `(마지막 실행은 ${words(v.seconds)} 전)`}.`,
  cronJobWaiting: "첫 실행을 기다리고 있습니다.",
  cronJobRunning: (v) =>
    v.active === 1 ? `${since(v.seconds)}실행 중입니다.` : `잡 ${v.active}개가 실행 중입니다${last(v.seconds)}.`,
  cronJobFailed: (v) =>
    `마지막 실행${v.seconds === null ? "" : `(${words(v.seconds)} 전)`}이 성공하지 못했습니다. ` +
    (v.success === null ? "아직 성공한 실행이 없습니다." : `마지막 성공은 ${words(v.success)} 전입니다.`),
  cronJobSucceeded: (v) => `마지막 실행이 ${v.seconds === null ? "" : `${words(v.seconds)} 전에 `}성공했습니다.`,

  serviceAlias: (v) => `${v.name}의 별칭입니다. 그 주소가 응답하는지는 확인하지 않습니다.`,
  serviceWaitsForAddress: "로드 밸런서의 주소를 기다리고 있습니다.",
  serviceSelects: "응답하는 파드가 있는지는 엔드포인트슬라이스에서 알 수 있습니다.",
  serviceWithoutSelector:
    "선택하는 파드가 없습니다. 응답하는 곳이 있는지는 따로 만들어진 엔드포인트슬라이스에서 알 수 있습니다.",

  sliceReady: (v) => `엔드포인트 ${v.ready}개가 모두 준비되었습니다.`,
  sliceShort: (v) =>
    v.ready === 0
      ? `엔드포인트 ${v.total}개 중 준비된 것이 없습니다.`
      : `엔드포인트 ${v.total}개 중 ${v.ready}개만 준비되었습니다.`,
  sliceEmpty: (v) =>
    v.ending === 0
      ? "엔드포인트가 없어 응답하는 곳이 없습니다."
      : `엔드포인트 ${v.ending}개가 종료 중이며, 남는 것이 없습니다.`,

  namespaceActive: "활성 상태입니다.",
  namespaceTerminating: (v) =>
    v.seconds === null ? "삭제 중입니다." : `삭제 중입니다(${words(v.seconds)} 전에 요청됨).`,
  namespaceStuck: (v) => `삭제가 막혀 있습니다.${said(v.message)}`,
  namespaceUnknown: "이 네임스페이스의 상태를 보고하는 곳이 없습니다.",

  eventNormal: (v) => `정상 이벤트, ${v.count}회 발생${last(v.seconds)}.`,
  eventWarning: (v) => `경고 이벤트, ${v.count}회 발생${last(v.seconds)}.`,
  eventOther: (v) => `${v.type === "" ? "알 수 없는" : v.type} 유형의 이벤트입니다.`,

  engineRunning: "실행 중입니다.",
  engineHealthy: "실행 중이며 헬스 체크에 성공하고 있습니다.",
  engineUnhealthy: "실행 중이지만 헬스 체크에 실패하고 있습니다.",
  engineCheckStarting: "실행 중이며 아직 헬스 체크에 성공하지 못했습니다.",
  enginePaused: "일시 정지 상태로, 프로세스가 멈춰 있습니다.",
  engineRestarting: (v) => `재시작을 반복하고 있습니다${v.code === null ? "" : `(종료 코드 ${v.code})`}.`,
  engineCreated: "생성되었지만 아직 시작되지 않았습니다.",
  engineDone: "성공적으로 끝났습니다.",
  engineExited: (v) => (v.code === null ? "중지되었습니다." : `종료 코드 ${v.code}로 중지되었습니다.`),
  engineDead: "엔진이 제거하지 못한 상태(dead)입니다.",
  engineOther: (v) => `엔진이 알린 상태는 “${v.word}”입니다.`,
  engineFine: "엔진이 응답하며 경고가 없습니다.",
  engineWarns: (v) => `엔진의 경고가 ${v.count}건 있습니다.`,
  imageTagged: "이름이 있으며 실행할 수 있습니다.",
  imageDangling: "댕글링 이미지입니다. 가리키는 이름이 없으며, 쓰는 컨테이너가 없으면 정리할 때 지워집니다.",
};
