// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import java.time.Duration;
import java.util.Optional;

/**
 * A message being played, as the player shows it. Prints without personal data.
 *
 * @param length empty while unknown
 * @param fraction played so far, 0 to 1
 * @param state as text, with advice if it does not play
 */
public record Player(String name, String position, String length, double fraction, boolean playing, String state) {
    static Optional<Player> of(String name, PlaybackSnapshot now) {
        if (now.state() == PlaybackSnapshot.State.CLOSED) {
            return Optional.empty();
        }
        Duration whole = now.duration();
        double fraction = whole == null || whole.isZero()
                ? 0
                : Math.min(1, (double) now.position().toMillis() / whole.toMillis());
        return Optional.of(new Player(
                name,
                Words.length(now.position()),
                whole == null ? "" : Words.length(whole),
                fraction,
                now.state() == PlaybackSnapshot.State.PLAYING || now.state() == PlaybackSnapshot.State.WAITING,
                words(now)));
    }

    private static String words(PlaybackSnapshot now) {
        if (now.problem() != null) {
            return now.problem().advice();
        }
        return switch (now.state()) {
            case WAITING -> "Loading…";
            case PLAYING -> "Playing";
            case PAUSED -> "Paused";
            case PAUSED_BY_CALL -> "Paused during a call";
            case ENDED -> "Played";
            case FAILED -> "Cannot be played";
            case CLOSED -> "";
        };
    }

    @Override
    public String toString() {
        return "Player[" + state + ", " + position + "]";
    }
}
