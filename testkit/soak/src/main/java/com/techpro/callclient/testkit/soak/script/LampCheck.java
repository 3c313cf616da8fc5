// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Each user's busy lamp is watched by another. It must show the begin and end of each call, every
 * change once and in order. Owned by the soak's loop.
 */
public final class LampCheck {
    /** After this the last change counts as missing, not as late. */
    private static final Duration LATEST = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Loop loop;
    private final List<BusyLamp> lamps = new ArrayList<>();
    private final Map<Extension, Watched> byUser = new HashMap<>();
    private long due;
    private long right;
    private long wrong;

    public LampCheck(Loop loop) {
        this.loop = loop;
    }

    private static final class Watched {
        private final List<LampState> shown = new ArrayList<>();
        private boolean judging;
        /** Whether no change is expected until the next call. */
        private boolean settled;

        private LampState last = LampState.UNKNOWN;

        private void show(LampState state) {
            last = state;
            shown.add(state);
        }
    }

    /** The second user watches the first, and so on; the first watches the last. */
    public void watch(List<Extension> users) {
        for (int i = 0; i < users.size(); i++) {
            Extension user = users.get(i);
            Extension watcher = users.get((i + 1) % users.size());
            BusyLamp lamp = watcher.account().watch(user.number());
            lamps.add(lamp);
            of(user);
            lamp.addListener((from, after) -> {
                if (after.state() != LampState.CLOSED) {
                    show(user, after.state());
                }
            });
        }
    }

    private Watched of(Extension user) {
        return byUser.computeIfAbsent(user, key -> new Watched());
    }

    /** A user's lamp changes. */
    void show(Extension user, LampState state) {
        of(user).show(state);
    }

    public boolean allIdle() {
        return byUser.values().stream().allMatch(watched -> watched.last == LampState.IDLE);
    }

    /** Starts to count the changes shown for a user. */
    public void begin(Extension user) {
        Watched watched = byUser.get(user);
        if (watched != null) {
            wrong += watched.settled ? watched.shown.size() : 0;
            watched.settled = false;
            watched.shown.clear();
        }
    }

    /**
     * A call has ended.
     *
     * @param changes that its lamp has shown, or must show soon
     */
    public void ended(Extension user, List<LampState> changes) {
        Watched watched = byUser.get(user);
        if (watched != null) {
            due += changes.size();
            watched.judging = true;
            judge(watched, changes, loop.nanoTime() + LATEST.toNanos());
        }
    }

    private void judge(Watched watched, List<LampState> changes, long latest) {
        if (watched.shown.size() < changes.size() && loop.nanoTime() < latest) {
            var unused = loop.schedule(LOOK_AGAIN, () -> judge(watched, changes, latest));
            return;
        }
        watched.judging = false;
        watched.settled = true;
        int inOrder = inOrder(changes, watched.shown);
        right += inOrder;
        wrong += watched.shown.size() - inOrder;
        watched.shown.clear();
    }

    /** Returns how many of the changes were shown in order: the longest common subsequence. */
    static int inOrder(List<LampState> changes, List<LampState> shown) {
        int[][] longest = new int[changes.size() + 1][shown.size() + 1];
        for (int i = 1; i <= changes.size(); i++) {
            for (int j = 1; j <= shown.size(); j++) {
                longest[i][j] = changes.get(i - 1) == shown.get(j - 1)
                        ? longest[i - 1][j - 1] + 1
                        : Math.max(longest[i - 1][j], longest[i][j - 1]);
            }
        }
        return longest[changes.size()][shown.size()];
    }

    /** Whether the expected changes of a user's lamp have been judged. */
    public boolean isJudged(Extension user) {
        Watched watched = byUser.get(user);
        return watched == null || !watched.judging;
    }

    public boolean allJudged() {
        return byUser.values().stream().noneMatch(watched -> watched.judging);
    }

    /** Counts what has been shown since the last call. */
    public void close() {
        byUser.keySet().forEach(this::begin);
        byUser.clear();
        lamps.forEach(BusyLamp::close);
        lamps.clear();
    }

    public Gate gate() {
        return Gate.of(
                        "lamp-changes",
                        "busy lamp changes, each once and in order",
                        right + " of " + due + ", " + wrong + " unexpected",
                        "all, at least one, and none unexpected",
                        due > 0 && right == due && wrong == 0)
                .measuredAs(Figure.share(right, due));
    }

    public SoakReport.Lamps figures() {
        return new SoakReport.Lamps(due, right, wrong);
    }
}
