// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.permission;

/** The permissions that a user can grant or deny (promises P1 to P6). */
public enum Permission {
    /** Optional: to show the caller's name, and to dial by name. */
    CONTACTS("permission.contacts.reason", true),
    /** Needed to speak in a call; everything else works without it. */
    MICROPHONE("permission.microphone.reason", false),
    /**
     * To notify the user of calls, missed calls, voicemail and the connection while the app is not
     * in front.
     */
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

    /**
     * Returns the key of the text that tells the user the reason. The host app has the texts in its
     * languages.
     */
    public String reasonKey() {
        return reasonKey;
    }

    /** Returns whether every other function works when this is denied. */
    public boolean optional() {
        return optional;
    }
}
