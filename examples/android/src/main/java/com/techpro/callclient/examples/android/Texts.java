// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.content.Context;

/**
 * The app's texts, from {@code res/values/strings.xml}. They are found by name, because the keys of
 * permission reasons are texts. An app built by Gradle can use {@code R.string} instead.
 */
final class Texts {
    private Texts() {}

    /** Returns the text of that name, else the name itself. */
    static String of(Context context, String key, Object... values) {
        int id = context.getResources().getIdentifier(key, "string", context.getPackageName());
        return id == 0 ? key : context.getString(id, values);
    }
}
