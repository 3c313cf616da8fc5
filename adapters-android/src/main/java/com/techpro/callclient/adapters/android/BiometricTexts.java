// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import org.jspecify.annotations.Nullable;

/** The app's own words in the question for a finger or a face, in the user's language. Called on the main thread. */
@FunctionalInterface
public interface BiometricTexts {
    /**
     * The text of that key, shown as the question's title.
     *
     * @return not empty; with an empty one there is no question, and the answer is {@code UNAVAILABLE}
     */
    String reason(String reasonKey);

    /** The label of the button that ends the question, such as "Use password"; null for Android's own "Cancel". */
    default @Nullable String cancelLabel() {
        return null;
    }
}
