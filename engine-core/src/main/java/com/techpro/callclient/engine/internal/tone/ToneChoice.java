// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.tone;

import com.techpro.callclient.engine.tone.CallTones;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tones that the user hears now. Asked at each use, as the user may log in to a phone system of
 * another country.
 */
public final class ToneChoice {
    private final CallTones settings;
    private final Supplier<@Nullable String> region;

    /**
     * @param region of the phone system or the host app, or null if neither is known
     */
    public ToneChoice(CallTones settings, Supplier<@Nullable String> region) {
        this.settings = settings;
        this.region = region;
    }

    /** Returns the tone while the other phone rings; null if the user has disabled it. */
    public @Nullable Tone ringback() {
        return settings.progress() ? set().ringback() : null;
    }

    public ToneSet set() {
        String chosen = settings.region() != null ? settings.region() : region.get();
        return ToneTable.of(chosen != null ? chosen : Locale.getDefault().getCountry());
    }
}
