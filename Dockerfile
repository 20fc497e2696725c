# syntax=docker/dockerfile:1
# One self-contained executable on an image without a shell: docs/decisions/007-the-image.md.
# Built with BuildKit, the default since Docker 23.

FROM rust:1.95-bookworm AS base
# hadolint ignore=DL3008 -- Debian's stable release pins what it has
RUN apt-get update \
    && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src

# The one line of Cargo.toml that names a tool's version. The tools take minutes to compile, and this
# keeps their layer while the rest of Cargo.toml changes.
FROM base AS pins
COPY Cargo.toml ./
RUN grep '^wasm-bindgen = ' Cargo.toml > /pins

FROM base AS build
COPY rust-toolchain.toml ./
COPY --from=pins /pins Cargo.toml
COPY scripts/install.sh scripts/
COPY end2end/package.json end2end/package-lock.json end2end/
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    scripts/install.sh build
COPY . .
# Dependencies are kept between builds. What is ours is always compiled again: cargo goes by the age of
# a file, and a file from a checkout may be older than what was last built from it.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target,sharing=locked \
    find app crates frontend server -name '*.rs' -exec touch {} + \
    && scripts/build.sh \
    && install -D target/release/acclimate /out/acclimate \
    && install -d -m 0700 /out/data

FROM gcr.io/distroless/cc-debian12:nonroot
ARG VERSION=unversioned
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Acclimate" \
      org.opencontainers.image.description="Two people side by side: identical twins on a high-altitude expedition." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=build /out/acclimate /usr/local/bin/acclimate
COPY --from=build --chown=65532:65532 /out/data /data
# By number, so that an orchestrator can see that it is not root.
USER 65532:65532
# From here the defaults `data/acclimate.db` and `data/tokens` lie in the volume. They are not set as
# variables: GCS_BUCKET_NAME beside TOKEN_STORE_URL is an error.
WORKDIR /
VOLUME /data
# With PORT it listens on every address: a container publishes its port on purpose.
ENV PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
    CMD ["/usr/local/bin/acclimate", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/acclimate"]
CMD ["serve"]
