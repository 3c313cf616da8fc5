// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.ScriptedCall;
import com.techpro.callclient.testkit.soak.settings.Parking;
import org.jspecify.annotations.Nullable;

/** The creator of a {@link FeatureCall}. Called on the soak's loop. */
public interface FeatureHost {
    /** Whether the users' history contains the calls. */
    default boolean remembered(FeatureCall call) {
        return true;
    }

    /** A second call was made, to consult the third. */
    default void consulted() {}

    /** The extensions are free again. */
    default void ended(ScriptedCall call) {}

    /** Receives the record of the call, and of a consultation, later. */
    default void judged(CallResult call) {}

    /** Receives the result of the feature, later. */
    default void done(FeatureRecord result) {}

    /** Returns how the phone system parks calls; null if it does not, or if that is unknown. */
    default @Nullable Parking parking() {
        return null;
    }
}
