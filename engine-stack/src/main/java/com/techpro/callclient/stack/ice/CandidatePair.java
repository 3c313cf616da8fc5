// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import org.jspecify.annotations.Nullable;

/** A local and a remote candidate, and the result of checking them (RFC 8445 §6.1.2). */
final class CandidatePair {
    final IceCandidate local;
    final IceCandidate remote;
    State state = State.FROZEN;

    /** The check that decides; an older pending check may still succeed, but no longer fail. */
    @Nullable
    Check check;

    /** The controlling side has nominated it, or is about to. */
    boolean useCandidate;

    /**
     * Whether it is in the valid list (RFC 8445 §7.2.5.3.2), also while a further check nominates it.
     */
    boolean valid;

    CandidatePair(IceCandidate local, IceCandidate remote) {
        this.local = local;
        this.remote = remote;
    }

    /** RFC 8445 §6.1.2.6. */
    enum State {
        FROZEN,
        WAITING,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    boolean isRelayed() {
        return local.type() == CandidateType.RELAYED || remote.type() == CandidateType.RELAYED;
    }

    boolean isPending() {
        return state == State.FROZEN || state == State.WAITING || state == State.IN_PROGRESS;
    }

    int component() {
        return local.component();
    }

    String foundation() {
        return local.foundation() + " " + remote.foundation();
    }

    /** RFC 8445 §6.1.2.3; the same on both sides. */
    long priority(boolean controlling) {
        long g = controlling ? local.priority() : remote.priority();
        long d = controlling ? remote.priority() : local.priority();
        return (Math.min(g, d) << 32) + 2 * Math.max(g, d) + (g > d ? 1 : 0);
    }
}
