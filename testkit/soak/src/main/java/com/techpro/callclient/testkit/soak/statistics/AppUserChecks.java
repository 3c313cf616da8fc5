// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results of each step of the app users. A failed step makes one gate red. Steps that cannot be
 * tried without it are not judged, so one fault is one red gate.
 */
public final class AppUserChecks {
    private final Map<Check, Integer> passed = new EnumMap<>(Check.class);
    private final Map<Check, List<String>> problems = new EnumMap<>(Check.class);
    /** Steps that could not be tried, by the step that failed. */
    private final Map<Check, Check> after = new EnumMap<>(Check.class);
    /** Faults that stopped two users entirely. */
    private final List<String> broken = new ArrayList<>();

    /** What must hold for every user. */
    public enum Check {
        LOGGED_IN("logged in by e-mail and password, and remembered in the vault"),
        CALLS("made, answered and missed a call, and their history shows it"),
        MESSAGE_HEARD("were notified of the message left for them, and heard what was said"),
        MESSAGE_DELETED("deleted that message, in the app and at the phone system"),
        UNREADABLE("have nothing readable in their vault"),
        RESTORED("logged in from their vault after a restart"),
        FAVORITES("with their favourites after a restart"),
        HISTORY("with their history after a restart"),
        UNREGISTERED("gone from the registrar after log-out"),
        ERASED("with nothing left in vault and folder after log-out"),
        FORGOTTEN("unknown to an app started after log-out");

        private final String claim;

        Check(String claim) {
            this.claim = claim;
        }

        /** Returns a stable word. */
        private String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A step, whose waiting may time out. */
    public interface Step {
        void run();
    }

    /**
     * Runs a step. A timeout is a problem of that check, for each of the users.
     *
     * @return whether it completed
     */
    public boolean step(Check check, Step step, int... users) {
        try {
            step.run();
            return true;
        } catch (IllegalStateException | AssertionError e) {
            // The message names the condition, and no user.
            for (int user : users) {
                problem(check, user, String.valueOf(e.getMessage()));
            }
            return false;
        }
    }

    public void check(Check check, int user, boolean holds, String otherwise) {
        if (holds) {
            passed.merge(check, 1, Integer::sum);
        } else {
            problem(check, user, otherwise);
        }
    }

    /** Problems found while the run is being ended are ignored. */
    private void problem(Check check, int user, String what) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        problems.computeIfAbsent(check, first -> new ArrayList<>()).add("#" + user + ": " + what);
    }

    public void broken(String what) {
        if (!Thread.currentThread().isInterrupted()) {
            broken.add(what);
        }
    }

    /** Records checks that cannot be tried because this one failed. */
    public void notTried(Check failed, Check... these) {
        for (Check check : these) {
            after.putIfAbsent(check, failed);
        }
    }

    /**
     * Returns the first check that stopped users did not reach: the stop counts as its problem
     * only.
     */
    private @Nullable Check brokenAt(int users) {
        return broken.isEmpty()
                ? null
                : Arrays.stream(Check.values())
                        .filter(check -> passed.getOrDefault(check, 0) < users)
                        .min(Comparator.comparing(
                                (Check check) -> problems.containsKey(check) || after.containsKey(check)))
                        .orElse(null);
    }

    /** Returns one gate per claim. */
    public List<Gate> gates(int users, boolean stopped) {
        List<Gate> gates = new ArrayList<>();
        Check stuck = brokenAt(users);
        for (Check check : Check.values()) {
            int count = passed.getOrDefault(check, 0);
            List<String> wrong = problems.getOrDefault(check, List.of());
            List<String> said = new ArrayList<>(wrong);
            if (check == stuck) {
                said.addAll(broken);
            }
            String note = said.isEmpty() ? "not reached" : String.join("; ", said);
            Gate gate = Gate.of(
                            "app-users-" + check.code(),
                            "app users " + check.claim,
                            count + " of " + users,
                            "all " + users,
                            count == users,
                            count == users ? "" : note)
                    .measuredAs(Figure.share(count, users))
                    .unlessEnded(stopped && count < users && wrong.isEmpty());
            Check failed = after.getOrDefault(check, stuck);
            gates.add(
                    failed != null && count < users && said.isEmpty()
                            ? gate.notJudged("not tried after app-users-" + failed.code())
                            : gate);
        }
        return gates;
    }

    public Map<String, Integer> countByClaim() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Check check : Check.values()) {
            counts.put(check.claim, passed.getOrDefault(check, 0));
        }
        return counts;
    }
}
