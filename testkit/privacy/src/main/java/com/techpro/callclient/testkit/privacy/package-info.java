// SPDX-License-Identifier: Apache-2.0
/**
 * Checks the promises in PRIVACY.md: a scenario full of marked personal data, and where the marks
 * appeared.
 */
@NullMarked
package com.techpro.callclient.testkit.privacy;

import org.jspecify.annotations.NullMarked;
