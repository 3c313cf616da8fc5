// SPDX-License-Identifier: Apache-2.0
/** The check for a newer version of the app. */
@NullMarked
package com.techpro.callclient.ports.update;

import org.jspecify.annotations.NullMarked;
