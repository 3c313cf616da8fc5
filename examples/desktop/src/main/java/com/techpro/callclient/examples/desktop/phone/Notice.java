// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

/**
 * A line for the user: what happened, and what to do about it.
 *
 * @param advice empty if there is nothing to do
 */
public record Notice(boolean problem, String title, String advice) {
    static Notice information(String title) {
        return new Notice(false, title, "");
    }

    public static Notice problem(String title, String advice) {
        return new Notice(true, title, advice);
    }

    /** Returns the whole text, for a screen reader. */
    public String sentence() {
        return advice.isEmpty() ? title : title + " " + advice;
    }
}
