// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.permission;

/** What a user can allow or deny (promises P1 to P6). */
public enum Permission {
    /** Optional: to show who is calling, and to dial by name. */
    CONTACTS("permission.contacts.reason", true),
    /** Needed to speak in a call; everything else works without it. */
    MICROPHONE("permission.microphone.reason", false),
    /** To tell of calls, missed calls, voicemail and the connection while the app is not in front. */
    NOTIFICATIONS("permission.notifications.reason", true),
    /** Optional: to unlock the app. */
    BIOMETRICS("permission.biometrics.reason", true),
    /** To receive calls while the app is not in front. */
    BACKGROUND_REFRESH("permission.background-refresh.reason", true),
    /** To reach the phone system at all. */
    NETWORK("permission.network.reason", false);

    private final String reasonKey;
    private final boolean optional;

    Permission(String reasonKey, boolean optional) {
        this.reasonKey = reasonKey;
        this.optional = optional;
    }

    /** The key of the text that tells the user why; the host app has the texts in its languages. */
    public String reasonKey() {
        return reasonKey;
    }

    /** Whether every other function works when this is denied. */
    public boolean optional() {
        return optional;
    }
}
