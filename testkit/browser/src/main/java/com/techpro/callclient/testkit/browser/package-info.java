// SPDX-License-Identifier: Apache-2.0
/** A browser for the tests of pages. */
@NullMarked
package com.techpro.callclient.testkit.browser;

import org.jspecify.annotations.NullMarked;
