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
