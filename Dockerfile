# syntax=docker/dockerfile:1
# One self-contained executable on an image without a shell.
FROM rust:1.95-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY rust-toolchain.toml Cargo.toml ./
COPY scripts/install.sh scripts/
COPY end2end/package.json end2end/package-lock.json end2end/
RUN scripts/install.sh build
COPY . .
RUN make build && mkdir -p /out/data && cp target/release/acclimate /out/

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /out/acclimate /usr/local/bin/acclimate
COPY --from=build --chown=nonroot:nonroot /out/data /data
WORKDIR /
# Inside a container the port is published on purpose.
ENV PORT=8080 DATABASE_URL=sqlite:///data/acclimate.db TOKEN_STORE_URL=file:///data/tokens
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["/usr/local/bin/acclimate", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/acclimate"]
CMD ["serve"]
