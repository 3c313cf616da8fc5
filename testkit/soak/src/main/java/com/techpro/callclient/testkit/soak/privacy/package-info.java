// SPDX-License-Identifier: Apache-2.0
/** Proofs of the promises in PRIVACY.md: a scenario full of marked personal data, and where the marks turned up. */
@NullMarked
package com.techpro.callclient.testkit.soak.privacy;

import org.jspecify.annotations.NullMarked;
