// SPDX-License-Identifier: Apache-2.0
/** A small phone app for Android, as a template. */
@NullMarked
package com.techpro.callclient.examples.android;

import org.jspecify.annotations.NullMarked;
