# Onrecord, and a worker of it for Beam: docker build -t onrecord:0.2 .
# The command: docker run --entrypoint onrecord onrecord:0.2 run s3://BUCKET/articles --output s3://BUCKET/record
# A pool of workers at port 50000, for --environment_type=EXTERNAL: docker run onrecord:0.2 --worker_pool
# An image for --environment_type=DOCKER, and for Dataflow: as it is.
FROM apache/beam_python3.11_sdk:2.77.0 AS beam

FROM golang:1.26 AS prism
RUN CGO_ENABLED=0 go install github.com/apache/beam/sdks/v2/go/cmd/prism@v2.77.0

FROM python:3.11-slim
COPY . /src
RUN sh /src/configs/worker.sh /src && rm -rf /src
COPY --from=beam /opt/apache/beam /opt/apache/beam
COPY --from=prism /go/bin/prism /usr/local/bin/prism
ENV PATH=/opt/onrecord/bin:$PATH
USER 10001
ENTRYPOINT ["/opt/apache/beam/boot"]
