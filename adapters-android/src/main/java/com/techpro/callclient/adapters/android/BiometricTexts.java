// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import org.jspecify.annotations.Nullable;

/**
 * The app's texts in a prompt for a finger or face, in the user's language. Called on the main
 * thread.
 */
@FunctionalInterface
public interface BiometricTexts {
    /**
     * Returns the text of that key, which is the prompt's title.
     *
     * @return not empty; with an empty one there is no prompt, and the answer is
     *     {@code UNAVAILABLE}
     */
    String reason(String reasonKey);

    /**
     * Returns the label of the button that ends the prompt, such as "Use password"; null for
     * Android's own "Cancel".
     */
    default @Nullable String cancelLabel() {
        return null;
    }
}
