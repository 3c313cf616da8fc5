// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.privacy.MediaGrant;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceCredentials;
import com.techpro.callclient.stack.ice.IceState;
import com.techpro.callclient.stack.media.MediaSession;
import com.techpro.callclient.stack.net.Nat64;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call's use of ICE. It delays our descriptions until candidates are gathered, and passes the
 * far end's candidates to the media session if the egress guard permits them. Belongs to the loop.
 */
public final class CallIce {
    /** Restarts in a row that found no working pair; after them, only the media timeout is left. */
    private static final int MOST_RESTARTS = 3;

    private static final int MOST_EARLY = 4;
    /** Silence after which ICE is restarted. */
    private static final Duration SILENT = Duration.ofSeconds(4);

    private final MediaSession session;
    private final MediaGrant grant;
    private final Nat64 nat64;
    private final List<Consumer<IceAttributes>> waiting = new ArrayList<>();
    private @Nullable IceAttributes remote;
    /** Our attributes in the last description or fragment that we sent. */
    private @Nullable IceAttributes told;
    /** Fragments whose descriptions have not arrived yet; several phones may ring. */
    private final List<IceAttributes> early = new ArrayList<>();
    /** Our credentials in the description agreed with {@link #remote}. */
    private @Nullable IceCredentials local;

    /** Whether the far end takes candidates after their description. */
    private boolean trickled;

    private int restarts;
    /**
     * Restarts since media last arrived. They have their own limit, because each restart finds a
     * silent far end again and resets {@link #restarts}.
     */
    private int silences;
    /** Length of the silence at the last restart because of silence. */
    private Duration lastSilence = Duration.ZERO;

    /** @param nat64 maps IPv4 candidates on an IPv6-only network */
    CallIce(MediaSession session, MediaGrant grant, Nat64 nat64) {
        this.session = session;
        this.grant = grant;
        this.nat64 = nat64;
    }

    /** Runs the task once gathering is complete, after tasks that wait already. */
    void whenGathered(Consumer<IceAttributes> task) {
        waiting.add(task);
    }

    void gathered(IceAttributes description) {
        told = description;
        List<Consumer<IceAttributes>> tasks = List.copyOf(waiting);
        waiting.clear();
        tasks.forEach(task -> task.accept(description));
    }

    /** Whether the far end does not use ICE, so that we gather no more candidates. */
    boolean isStopped() {
        return remote != null && (remote.credentials() == null || remote.mismatch());
    }

    /**
     * Applies the ICE attributes of both descriptions. If the far end kept its credentials although
     * we restarted, its candidates are checked again with them. The pair in use stays in use until
     * another one works (RFC 8445 §9).
     *
     * @param ours null if our description is without ICE
     * @param theirs null if theirs is without ICE
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
     * Adds candidates that the far end sends after its description (RFC 8838). They may arrive
     * before the description.
     *
     * @param fragment all candidates of the generation so far
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

    /**
     * Returns our current attributes if the far end takes trickled candidates and lacks some of
     * these, else null. Returned attributes count as told. To be called only if the far end takes
     * candidates by INFO; from then on a restart need not wait for servers (RFC 8838 §5).
     */
    @Nullable
    IceAttributes untold() {
        IceAttributes now = session.iceDescription();
        trickled = !isStopped() && remote != null && remote.options().contains(IceAttributes.TRICKLE);
        if (!trickled || now == null || told == null || !waiting.isEmpty() || now.equals(told)) {
            return null;
        }
        boolean agreed = Objects.equals(now.credentials(), local) && Objects.equals(told.credentials(), local);
        if (!agreed) {
            return null;
        }
        told = now;
        return now;
    }

    /** Whether an offer restarts ICE (RFC 8445 §9); our answer must then restart it too. */
    boolean isRestart(SessionDescription offer) {
        return isRestart(OfferAnswer.iceCredentials(offer));
    }

    private boolean isRestart(@Nullable IceCredentials credentials) {
        IceCredentials known = remote == null ? null : remote.credentials();
        return known != null && credentials != null && !credentials.equals(known);
    }

    /**
     * Restarts ICE; the task gets the new description.
     *
     * @param sameFarEnd whether the description is for the far end that is known
     */
    void restart(boolean sameFarEnd, Consumer<IceAttributes> then) {
        whenGathered(then);
        session.setIceTrickled(sameFarEnd && trickled);
        session.restartIce();
    }

    /** @return whether to restart ICE because no pair works any more */
    boolean isLost(IceState state) {
        if (state == IceState.CONNECTED) {
            restarts = 0;
        }
        return (state == IceState.CONSENT_LOST || state == IceState.FAILED) && mayRestart();
    }

    /**
     * Decides by silence, because consent needs 30 seconds to expire (RFC 7675 §5.1) and a user
     * does not wait that long.
     *
     * @param silence how long nothing has arrived; reported repeatedly
     * @return whether to restart ICE
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
