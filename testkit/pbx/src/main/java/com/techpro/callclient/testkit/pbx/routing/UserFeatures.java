// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.routing;

import com.techpro.callclient.testkit.pbx.settings.FeatureCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Do-not-disturb and forwarding of all users. Survives a restart. On the signalling loop. */
final class UserFeatures {
    private final Set<String> undisturbed = new HashSet<>();
    private final Map<String, String> always = new HashMap<>();
    private final Map<String, String> busy = new HashMap<>();
    private final Map<String, String> unanswered = new HashMap<>();

    /** Applies a feature code that a user dialled. */
    void set(FeatureCode code, String user, String number) {
        switch (code) {
            case DO_NOT_DISTURB -> undisturbed.add(user);
            case DO_NOT_DISTURB_OFF -> undisturbed.remove(user);
            case FORWARD -> always.put(user, number);
            case FORWARD_OFF -> always.remove(user);
            case FORWARD_BUSY -> busy.put(user, number);
            case FORWARD_BUSY_OFF -> busy.remove(user);
            case FORWARD_NO_ANSWER -> unanswered.put(user, number);
            case FORWARD_NO_ANSWER_OFF -> unanswered.remove(user);
            default -> throw new IllegalArgumentException(code + " is nothing of a user's");
        }
    }

    /** Clears all settings. */
    void forget() {
        undisturbed.clear();
        always.clear();
        busy.clear();
        unanswered.clear();
    }

    boolean isUndisturbed(String user) {
        return undisturbed.contains(user);
    }

    /** Returns where all calls are forwarded; null if the user is called. */
    @Nullable
    String always(String user) {
        return always.get(user);
    }

    /** Returns where a failed call is forwarded; null if nowhere. */
    @Nullable
    String after(int status, String user) {
        return status == 486 ? busy.get(user) : status == 480 || status == 408 ? unanswered.get(user) : null;
    }
}
