// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.content.Context;

/**
 * The app's words, from {@code res/values/strings.xml}. They are found by name, as the keys of the permissions' reasons are texts; an app that is built by
 * Gradle may as well use {@code R.string}.
 */
final class Texts {
    private Texts() {}

    /** The text of that name; the name itself where there is none. */
    static String of(Context context, String key, Object... values) {
        int id = context.getResources().getIdentifier(key, "string", context.getPackageName());
        return id == 0 ? key : context.getString(id, values);
    }
}
