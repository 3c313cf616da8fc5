// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.ice.IceAttributes;
import com.techpro.callclient.engine.internal.ice.IceCandidate;
import com.techpro.callclient.engine.internal.ice.IceCredentials;
import com.techpro.callclient.engine.internal.ice.IceState;
import com.techpro.callclient.engine.internal.media.MediaSession;
import com.techpro.callclient.engine.internal.net.Nat64;
import com.techpro.callclient.engine.internal.privacy.MediaGrant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call's use of ICE: its descriptions wait until candidates are gathered, and what the other side tells of itself goes to the media, as far as media may go
 * there. Belongs to the loop.
 */
final class CallIce {
    /** Restarts in a row without a way that works: then it is left to the media time-out. */
    private static final int MOST_RESTARTS = 3;

    private static final int MOST_EARLY = 4;
    /** Silence after which another way is looked for. */
    private static final Duration SILENT = Duration.ofSeconds(4);

    private final MediaSession session;
    private final MediaGrant grant;
    private final Nat64 nat64;
    private final List<Consumer<IceAttributes>> waiting = new ArrayList<>();
    private @Nullable IceAttributes remote;
    /** Of this side, in the last description or fragment. */
    private @Nullable IceAttributes told;
    /** Fragments of descriptions that have not come yet: several phones may ring. */
    private final List<IceAttributes> early = new ArrayList<>();
    /** In our description that was agreed with it. */
    private @Nullable IceCredentials local;

    private int restarts;
    /** Restarts since sound came last: a far end that has nothing to say is found each time. */
    private int silences;
    /** At the last restart for that reason. */
    private Duration lastSilence = Duration.ZERO;

    /** @param nat64 where candidates of IPv4 are reached on a network without it */
    CallIce(MediaSession session, MediaGrant grant, Nat64 nat64) {
        this.session = session;
        this.grant = grant;
        this.nat64 = nat64;
    }

    /** Runs the task once, when all candidates are there that are waited for, and after those that wait already. */
    void whenGathered(Consumer<IceAttributes> task) {
        waiting.add(task);
    }

    void gathered(IceAttributes description) {
        told = description;
        List<Consumer<IceAttributes>> tasks = List.copyOf(waiting);
        waiting.clear();
        tasks.forEach(task -> task.accept(description));
    }

    /** Whether the other side does without, so that no candidates are gathered any more. */
    boolean isStopped() {
        return remote != null && (remote.credentials() == null || remote.mismatch());
    }

    /**
     * What the two sides' descriptions say. One that does not follow a restart of ours, and has the name and password it had, is checked with them anew; until there
     * is another way, what is in use stays in use (RFC 8445 §9).
     *
     * @param ours null if our description is without ICE
     * @param theirs null if it does without ICE
     */
    void agreed(@Nullable IceCredentials ours, @Nullable IceAttributes theirs) {
        IceAttributes said = theirs == null ? IceAttributes.NONE : theirs;
        if (said.equals(remote) && Objects.equals(ours, local)) {
            return;
        }
        local = ours;
        if (isRestart(said.credentials())) {
            grant.restarted();
        }
        remote = said;
        List<IceCandidate> permitted = said.candidates().stream()
                .map(candidate -> candidate.at(nat64.reach(candidate.address())))
                .filter(candidate -> grant.candidate(candidate.address()))
                .collect(Collectors.toList());
        session.remoteIce(said.withCandidates(permitted));
        List<IceAttributes> before = List.copyOf(early);
        early.clear();
        before.stream()
                .filter(fragment -> Objects.equals(fragment.credentials(), said.credentials()))
                .forEach(this::trickled);
    }

    /**
     * Candidates of the other side that follow its description (RFC 8838), which may come before it.
     *
     * @param fragment all of the generation so far
     */
    void trickled(IceAttributes fragment) {
        IceCredentials credentials = fragment.credentials();
        if (remote == null || !Objects.equals(credentials, remote.credentials())) {
            early.removeIf(other -> Objects.equals(credentials, other.credentials()));
            if (early.size() < MOST_EARLY) {
                early.add(fragment);
            }
            return;
        }
        for (IceCandidate each : fragment.candidates()) {
            IceCandidate candidate = each.at(nat64.reach(each.address()));
            if (grant.candidate(candidate.address())) {
                session.addRemoteCandidate(candidate);
            }
        }
        if (fragment.endOfCandidates()) {
            session.remoteCandidatesComplete();
        }
    }

    /** What is known of this side by now, if the other side takes it and was told less; then it counts as told. */
    @Nullable
    IceAttributes untold() {
        IceAttributes now = session.iceDescription();
        boolean taken = !isStopped() && remote != null && remote.options().contains(IceAttributes.TRICKLE);
        if (!taken || now == null || told == null || !waiting.isEmpty() || now.equals(told)) {
            return null;
        }
        boolean agreed = Objects.equals(now.credentials(), local) && Objects.equals(told.credentials(), local);
        if (!agreed) {
            return null;
        }
        told = now;
        return now;
    }

    /** Whether an offer asks for another generation (RFC 8445 §9): then it is answered with ours. */
    boolean isRestart(SessionDescription offer) {
        return isRestart(OfferAnswer.iceCredentials(offer));
    }

    private boolean isRestart(@Nullable IceCredentials credentials) {
        IceCredentials known = remote == null ? null : remote.credentials();
        return known != null && credentials != null && !credentials.equals(known);
    }

    /** Begins another generation; the task gets its description. */
    void restart(Consumer<IceAttributes> then) {
        whenGathered(then);
        session.restartIce();
    }

    /** @return whether a way is to be looked for anew, as there is none any more */
    boolean isLost(IceState state) {
        if (state == IceState.CONNECTED) {
            restarts = 0;
        }
        return (state == IceState.CONSENT_LOST || state == IceState.FAILED) && mayRestart();
    }

    /**
     * Consent takes half a minute to run out (RFC 7675 §5.1); nobody waits that long for a voice.
     *
     * @param silence for how long nothing has come, told again and again
     * @return whether a way is to be looked for anew
     */
    boolean isLost(Duration silence) {
        if (silence.compareTo(lastSilence) < 0) {
            lastSilence = Duration.ZERO;
            silences = 0;
        }
        boolean due = silence.minus(lastSilence).compareTo(SILENT) >= 0 && silences < MOST_RESTARTS;
        if (!due || !mayRestart()) {
            return false;
        }
        silences++;
        lastSilence = silence;
        return true;
    }

    private boolean mayRestart() {
        return !isStopped() && waiting.isEmpty() && restarts++ < MOST_RESTARTS;
    }
}
