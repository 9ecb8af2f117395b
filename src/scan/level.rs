//! Which instruction set the kernels use: the best the machine has, or the one that `NAQI_SIMD` names.

use std::sync::OnceLock;

/// An instruction set, from the plainest to the widest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Plain Rust.
    Scalar,
    /// AVX2, with BMI1, BMI2, LZCNT and POPCNT as every machine that has the one.
    Avx2,
    /// AVX-512 with its byte and word instructions (BW, VBMI, VBMI2).
    Avx512,
}

impl Level {
    /// The level in force, decided at the first call: `NAQI_SIMD=scalar|avx2|avx512` lowers it, never raises it above
    /// what the machine has.
    #[must_use]
    #[inline]
    pub fn current() -> Self {
        static CURRENT: OnceLock<Level> = OnceLock::new();
        *CURRENT.get_or_init(|| {
            let asked = match std::env::var("NAQI_SIMD").as_deref() {
                Ok("scalar") => Self::Scalar,
                Ok("avx2") => Self::Avx2,
                _ => Self::Avx512,
            };
            asked.min(Self::best())
        })
    }

    /// What the machine has.
    #[cfg(target_arch = "x86_64")]
    pub(super) fn best() -> Self {
        let avx2 = is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt");
        let avx512 = avx2
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vbmi")
            && is_x86_feature_detected!("avx512vbmi2");
        if avx512 {
            Self::Avx512
        } else if avx2 {
            Self::Avx2
        } else {
            Self::Scalar
        }
    }

    /// What the machine has.
    #[cfg(not(target_arch = "x86_64"))]
    pub(super) fn best() -> Self {
        Self::Scalar
    }
}
