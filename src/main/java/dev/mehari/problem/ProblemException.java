package dev.mehari.problem;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Files were refused. Carries everything that is wrong with them, at least one problem, ordered by place. */
public final class ProblemException extends RuntimeException {

    private final transient List<Problem> problems;

    public ProblemException(Collection<Problem> problems) {
        super(problems.stream().sorted().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems.stream().sorted().toList();
    }

    public List<Problem> problems() {
        return problems;
    }
}
