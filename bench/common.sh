# Sourced by the scripts beside it.

fail() {
    echo "bench: $*" >&2
    exit 1
}

major() {
    "$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'
}

# The newest JDK there is, as the build takes it.
find_java() {
    local best='' best_major=0 candidate number
    for candidate in "${JAVA_HOME:-/none}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
        [ -x "$candidate" ] || continue
        number=$(major "$candidate")
        if [ "${number:-0}" -gt "$best_major" ]; then
            best=$candidate best_major=$number
        fi
    done
    [ "$best_major" -ge 21 ] || fail "no Java 21 or newer is found: install a JDK, or set JAVA_HOME to one."
    echo "$best"
}

# Prints the path of a redis-server, unpacked into $work where Debian has none. Needs $java and $project.
find_redis() {
    if command -v redis-server; then
        return
    fi
    echo "bench: Debian's package redis-server is not installed; taking the Redis inside the jar" >&2
    local machine
    case "$(uname -m)" in
        x86_64) machine=linux-amd64 ;;
        aarch64) machine=linux-arm64 ;;
        *) fail "there is no embedded Redis for $(uname -m): install redis-server." ;;
    esac
    (
        cd "$work"
        "${java%/java}/jar" xf "$project/target/mehari.jar" "$("${java%/java}/jar" tf "$project/target/mehari.jar" | grep "^redis-server-.*$machine")"
        chmod +x redis-server-*"$machine"
    )
    ls "$work"/redis-server-*"$machine"
}
