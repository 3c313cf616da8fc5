// SPDX-License-Identifier: Apache-2.0
/** A small phone app for Android, to copy from. */
@NullMarked
package com.techpro.callclient.examples.android;

import org.jspecify.annotations.NullMarked;
