// SPDX-License-Identifier: Apache-2.0
/** The user's rights over stored data (export, erasure, freeing space), and its storage status. */
@NullMarked
package com.techpro.callclient.engine.privacy;

import org.jspecify.annotations.NullMarked;
