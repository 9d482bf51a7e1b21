{{- define "arraydrop.name" -}}
{{- if contains "arraydrop" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-arraydrop" .Release.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "arraydrop.selector" -}}
app.kubernetes.io/name: arraydrop
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "arraydrop.labels" -}}
{{ include "arraydrop.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "arraydrop.image" -}}
{{- with .Values.image.digest }}{{ $.Values.image.repository }}@{{ . }}{{ else }}{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- /* What every pod is: unprivileged, without access to Kubernetes. */ -}}
{{- define "arraydrop.pod" -}}
serviceAccountName: {{ include "arraydrop.name" . }}
automountServiceAccountToken: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: RuntimeDefault } }
{{- end }}

{{- /* What every container is: the image with its settings, and a file system that it cannot write to. */ -}}
{{- define "arraydrop.container" -}}
image: {{ include "arraydrop.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
envFrom:
  - configMapRef: { name: {{ include "arraydrop.name" . }} }
  - secretRef: { name: {{ .Values.secretName }} }
securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
{{- end }}
