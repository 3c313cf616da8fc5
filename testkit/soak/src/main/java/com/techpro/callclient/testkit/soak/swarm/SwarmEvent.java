// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import java.time.Duration;

/**
 * One event of a plan. Its draw is resolved when it happens, for example to one of the calls of that moment. Where
 * nothing fits, it does nothing. So each part of a plan is a plan.
 *
 * @param at since the beginning, in whole milliseconds
 * @param phone counted from 0
 */
record SwarmEvent(Duration at, int phone, SwarmAction action, int draw) {
    static SwarmEvent parse(String line) {
        String[] words = line.trim().split(" +", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException("an event is a time in milliseconds, a phone, an action and a draw");
        }
        return new SwarmEvent(
                Duration.ofMillis(Long.parseLong(words[0])),
                Integer.parseInt(words[1]),
                SwarmAction.valueOf(words[2]),
                Integer.parseInt(words[3]));
    }

    @Override
    public String toString() {
        return at.toMillis() + " " + phone + " " + action + " " + draw;
    }
}
