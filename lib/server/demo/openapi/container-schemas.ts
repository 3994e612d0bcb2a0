import { intOrString, quantity } from "./meta-schemas.ts";
import { anyObject, flag, integer, keyed, keyedForApply, list, object, record, ref, text } from "./schema.ts";
import type { Schemas } from "./schema.ts";

export const core = (name: string) => `io.k8s.api.core.v1.${name}`;

const word = { type: "string" } as const;
const amount = ref(quantity, "");
const probe = (description: string) => ref(core("Probe"), description);

/** A container of a pod, and what it is made of. */
export const containerSchemas: Schemas = {
  [core("Container")]: object(
    "One container of a pod.",
    {
      args: list(word, "Arguments of the command; without them those of the image."),
      command: list(word, "What is run, without a shell; without it what the image says."),
      env: keyed(ref(core("EnvVar"), ""), "Environment variables.", "name"),
      envFrom: list(anyObject("A config map or a secret."), "Where further environment variables come from."),
      image: text("The image that it is made of."),
      imagePullPolicy: text("When the image is pulled: Always, Never or IfNotPresent."),
      lifecycle: anyObject("What is done after its start and before its end."),
      livenessProbe: probe("Whether it lives; it is restarted when not."),
      name: text("Its name, unique in the pod. Cannot be changed."),
      ports: keyed(ref(core("ContainerPort"), ""), "Ports that it listens on.", "containerPort", [
        "containerPort",
        "protocol",
      ]),
      readinessProbe: probe("Whether it is ready to serve."),
      resizePolicy: list(
        anyObject("A resource and its policy."),
        "Whether it restarts when its resources are changed.",
      ),
      resources: ref(core("ResourceRequirements"), "What it asks for and what it may use."),
      restartPolicy: text("For an init container: Always keeps it running beside the others."),
      restartPolicyRules: list(anyObject("A rule."), "When it is restarted, by its exit code."),
      securityContext: anyObject("What it may do on its node."),
      startupProbe: probe("Whether it has started; the other probes wait for it."),
      stdin: flag("It has a standard input."),
      stdinOnce: flag("Its standard input is closed after the first who attached."),
      terminationMessagePath: text("The file with its last words."),
      terminationMessagePolicy: text("Where its last words come from: File or FallbackToLogsOnError."),
      tty: flag("It has a terminal."),
      volumeDevices: keyed(anyObject("A device."), "Block devices that it uses.", "devicePath"),
      volumeMounts: keyed(ref(core("VolumeMount"), ""), "Volumes that it sees, and where.", "mountPath"),
      workingDir: text("The folder in which it starts."),
    },
    ["name"],
  ),
  [core("EnvVar")]: object(
    "An environment variable.",
    {
      name: text("Its name."),
      value: text("Its value; $(NAME) is another variable."),
      valueFrom: anyObject("Where its value comes from: a field of the pod, a config map's or a secret's key."),
    },
    ["name"],
  ),
  [core("ContainerPort")]: object(
    "A port of a container.",
    {
      containerPort: integer("The number of the port."),
      hostIP: text("The node's address to bind it to."),
      hostPort: integer("The node's port to bind it to."),
      name: text("A name by which services know it."),
      protocol: { ...text("TCP, UDP or SCTP."), default: "TCP" },
    },
    ["containerPort"],
  ),
  [core("ResourceRequirements")]: object("What a container asks for and what it may use.", {
    claims: keyedForApply(anyObject("A claim's name."), "Claims of devices.", ["name"]),
    limits: record(amount, "The most that it may use, by resource."),
    requests: record(amount, "What is kept for it, by resource."),
  }),
  [core("VolumeMount")]: object(
    "A volume in a container.",
    {
      bindMountOptions: list(word, "How it is mounted."),
      mountPath: text("Where it is seen."),
      mountPropagation: text("How mounts are shared with the node."),
      name: text("The volume's name."),
      readOnly: flag("It cannot be written."),
      recursiveReadOnly: text("Whether mounts below it cannot be written either."),
      subPath: text("The part of the volume that is seen."),
      subPathExpr: text("The same, with environment variables."),
    },
    ["name", "mountPath"],
  ),
  [core("Probe")]: object("A look at a container, now and then.", {
    exec: anyObject("A command that succeeds."),
    failureThreshold: integer("Failures in a row that count."),
    grpc: anyObject("A gRPC health service."),
    httpGet: ref(core("HTTPGetAction"), "A page that answers."),
    initialDelaySeconds: integer("Seconds before the first."),
    periodSeconds: integer("Seconds between two."),
    successThreshold: integer("Successes in a row that count."),
    tcpSocket: anyObject("A port that accepts."),
    terminationGracePeriodSeconds: integer("Seconds that the container has to end when it failed.", "int64"),
    timeoutSeconds: integer("Seconds after which it failed."),
  }),
  [core("HTTPGetAction")]: object(
    "A request over HTTP.",
    {
      host: text("The host; without it the pod."),
      httpHeaders: list(anyObject("A header's name and value."), "Headers that are sent."),
      path: text("The path."),
      port: ref(intOrString, "The port, by number or name."),
      protocol: text("The version of HTTP."),
      scheme: text("HTTP or HTTPS."),
    },
    ["port"],
  ),
};
