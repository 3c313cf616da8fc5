// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

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
 * What came of each step of the users with an app. A step that fails makes one gate red; those that cannot be tried without it are not judged, so that
 * one fault is one red gate.
 */
final class AppUserChecks {
    private final Map<Check, Integer> passed = new EnumMap<>(Check.class);
    private final Map<Check, List<String>> problems = new EnumMap<>(Check.class);
    /** What could not be tried, and after which step. */
    private final Map<Check, Check> after = new EnumMap<>(Check.class);
    /** What kept two users from going on at all. */
    private final List<String> broken = new ArrayList<>();

    /** What must be so for every one of them. */
    enum Check {
        LOGGED_IN("logged in by e-mail and password, and remembered in the vault"),
        CALLS("made, took and missed a call, and the history tells of them"),
        MESSAGE_HEARD("were told of the message left for them, and heard in it what was said"),
        MESSAGE_DELETED("deleted that message, here and at the phone system"),
        UNREADABLE("have nothing that can be read in their vault"),
        RESTORED("logged in by their vault after a restart"),
        FAVORITES("with their favourites after a restart"),
        HISTORY("with their history after a restart"),
        UNREGISTERED("gone from the registrar after log-out"),
        ERASED("with nothing left in vault and folder after log-out"),
        FORGOTTEN("unknown to an app started after log-out");

        private final String claim;

        Check(String claim) {
            this.claim = claim;
        }

        /** A stable word. */
        private String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What a step does, which may wait for something in vain. */
    interface Step {
        void run();
    }

    /**
     * Runs a step. What it waits for in vain is a problem of that check, for each of the users.
     *
     * @return whether it got to its end
     */
    boolean step(Check check, Step step, int... users) {
        try {
            step.run();
            return true;
        } catch (IllegalStateException | AssertionError e) {
            // The message names what was waited for, and nobody.
            for (int user : users) {
                problem(check, user, String.valueOf(e.getMessage()));
            }
            return false;
        }
    }

    void check(Check check, int user, boolean holds, String otherwise) {
        if (holds) {
            passed.merge(check, 1, Integer::sum);
        } else {
            problem(check, user, otherwise);
        }
    }

    /** What is found as the run is ended says nothing. */
    private void problem(Check check, int user, String what) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        problems.computeIfAbsent(check, first -> new ArrayList<>()).add("#" + user + ": " + what);
    }

    void broken(String what) {
        if (!Thread.currentThread().isInterrupted()) {
            broken.add(what);
        }
    }

    /** Some cannot be tried, as this one failed. */
    void notTried(Check failed, Check... these) {
        for (Check check : these) {
            after.putIfAbsent(check, failed);
        }
    }

    /** The first that two users did not come to who could not go on: that they could not is its problem, and no other's. */
    private @Nullable Check brokenAt(int users) {
        return broken.isEmpty()
                ? null
                : Arrays.stream(Check.values())
                        .filter(check -> passed.getOrDefault(check, 0) < users)
                        .min(Comparator.comparing(
                                (Check check) -> problems.containsKey(check) || after.containsKey(check)))
                        .orElse(null);
    }

    /** One for each claim. */
    List<Gate> gates(int users, boolean stopped) {
        List<Gate> gates = new ArrayList<>();
        Check stuck = brokenAt(users);
        for (Check check : Check.values()) {
            int count = passed.getOrDefault(check, 0);
            List<String> wrong = problems.getOrDefault(check, List.of());
            List<String> said = new ArrayList<>(wrong);
            if (check == stuck) {
                said.addAll(broken);
            }
            String note = said.isEmpty() ? "not come to" : String.join("; ", said);
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

    Map<String, Integer> countByClaim() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Check check : Check.values()) {
            counts.put(check.claim, passed.getOrDefault(check, 0));
        }
        return counts;
    }
}
