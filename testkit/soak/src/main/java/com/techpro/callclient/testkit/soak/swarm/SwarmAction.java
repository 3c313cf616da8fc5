// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import java.util.ArrayList;
import java.util.List;

/** What can happen in a swarm: what a user does with the API, or a fault. */
enum SwarmAction {
    DIAL(30),
    DIAL_SERVICE(6),
    ANSWER(40),
    REJECT(3),
    HANG_UP(30),
    HOLD(8),
    RESUME(8),
    MUTE(4),
    UNMUTE(4),
    DTMF(4),
    BLIND_TRANSFER(3),
    ATTENDED_TRANSFER(3),
    PARK(2),
    RETRIEVE(2),
    FORWARD_RINGING(2),
    MERGE(2),
    SILENCE(1),
    WATCH_LAMP(6),
    CLOSE_LAMP(1),
    PICK_UP(8),
    TEXT(4),
    READ_TEXTS(1),
    CLEAR_TEXTS(1),
    CALL_WHEN_FREE(1),
    PRESENCE(1),
    JOIN_ROOM(2),
    LEAVE_ROOM(1),
    DO_NOT_DISTURB_ON(1),
    DO_NOT_DISTURB_OFF(3),
    FORWARDING_ON(1),
    FORWARDING_OFF(3),
    ADD_FAVOURITE(3),
    REMOVE_FAVOURITE(1),
    MOVE_FAVOURITE(1),
    DELETE_HISTORY(1),
    CLEAR_HISTORY(1),
    VOICEMAIL_REFRESH(1),
    DIAL_VOICEMAIL(1),
    ROOMS(1),
    LOOK_UP(1),
    REGISTER(1),
    WAKE(1),
    COUNTERS(1),
    DIAGNOSTICS(1),
    EXPORT(1),
    TRIM(1),
    ERASE(1),
    LOG_OUT(1),
    LOG_IN(4),
    SET_LOCK(2),
    LOCK_NOW(3),
    UNLOCK(4),
    USE_DEVICES(1),
    SHUT_DOWN(1),
    START(6),

    LOSS,
    DELAY,
    REORDERING,
    DUPLICATION,
    PARTITION,
    STREAM_RESET,
    NAT_REBINDING,
    ADDRESS_CHANGE,
    OFFLINE,
    PBX_RESTART,
    PBX_OUTAGE,
    PBX_FORGETS,
    DNS_FAILS,
    DNS_HANGS,
    DNS_LIES,
    CLOCK_JUMP,
    STORE_FAILS,
    DISK_FULL,
    PROCESS_DEATH,
    DEATH_AT_WRITE,
    MICROPHONE_LOST,
    LISTENER_THROWS;

    private final int weight;

    SwarmAction() {
        this(0);
    }

    SwarmAction(int weight) {
        this.weight = weight;
    }

    /** Returns how often users do it, compared with their other actions; 0 for a fault. */
    int weight() {
        return weight;
    }

    boolean isFault() {
        return weight == 0;
    }

    /** Whether it only impairs packets on their way: sound has to be back at once when it ends. */
    boolean isImpairment() {
        return this == LOSS || this == DELAY || this == REORDERING || this == DUPLICATION;
    }

    /** Whether an end can leave a call, or the PBX forget it, without the other's hearing of it. */
    boolean losesContact() {
        return switch (this) {
            case PARTITION,
                    STREAM_RESET,
                    NAT_REBINDING,
                    ADDRESS_CHANGE,
                    OFFLINE,
                    PBX_RESTART,
                    PBX_OUTAGE,
                    DNS_FAILS,
                    DNS_HANGS,
                    DNS_LIES,
                    PROCESS_DEATH,
                    DEATH_AT_WRITE,
                    SHUT_DOWN -> true;
            default -> false;
        };
    }

    static List<SwarmAction> faults(boolean faults) {
        List<SwarmAction> found = new ArrayList<>();
        for (SwarmAction action : values()) {
            if (action.isFault() == faults) {
                found.add(action);
            }
        }
        return found;
    }
}
