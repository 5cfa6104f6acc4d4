# syntax=docker/dockerfile:1
FROM eclipse-temurin:25-jdk-noble AS build
# mvnw fetches Maven with curl, which this image lacks.
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src src
COPY routes routes
COPY config config
# Maven and its downloads outlive the build.
ENV XDG_CACHE_HOME=/cache
RUN --mount=type=cache,target=/cache \
    ./mvnw -B -ntp -Dmaven.repo.local=/cache/repository package -Dmaven.test.skip=true

FROM eclipse-temurin:25-jre-noble
# A fixed number, so that the owner of a mounted folder can be named outside.
RUN groupadd --gid 10001 mehari \
 && useradd --uid 10001 --gid mehari --home-dir /mehari --create-home --shell /usr/sbin/nologin mehari \
 && install -d -o mehari -g mehari /mehari/data
COPY --from=build /build/target/mehari.jar /opt/mehari/
# docker compose exec gateway mehari channels
COPY mehari /usr/local/bin/mehari
WORKDIR /mehari
COPY --chown=mehari:mehari routes routes
COPY --chown=mehari:mehari config config
# Inside the container the gateway listens on every address; what is reachable is for the port mapping to say.
ENV MEHARI_ADDRESS=0.0.0.0
# Starts twice until it is healthy. The second start, which has no engines to unpack and no tables to make, is what all later ones
# are like: from it the JVM keeps what it learnt, and they take little more than half the time (docs/decisions/0083).
RUN export MEHARI_DATA_DIR=/tmp/start MEHARI_REHEARSAL=true \
    JDK_JAVA_OPTIONS="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
 && java -jar /opt/mehari/mehari.jar \
 && java -XX:AOTCacheOutput=/opt/mehari/mehari.aot -jar /opt/mehari/mehari.jar \
 && rm -rf /tmp/start
USER 10001:10001
EXPOSE 8080
VOLUME ["/mehari/routes", "/mehari/config", "/mehari/data"]
# The image has neither curl nor wget: bash asks by itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MEHARI_PORT:-8080} && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200'* ]]"]
ENTRYPOINT ["java", "-XX:AOTCache=/opt/mehari/mehari.aot", "-Xms32m", "-XX:-ShrinkHeapInSteps", "-XX:SoftRefLRUPolicyMSPerMB=10", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/mehari/mehari.jar"]
